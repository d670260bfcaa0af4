package dev.plumbline.verdict;

import org.jspecify.annotations.Nullable;

/**
 * A number that a judgement rests on, against the limit that the criterion sets.
 *
 * @param unit {@code seconds}, {@code points}, {@code percent}, ...
 * @param limit null when the number is only evidence
 * @param clock which clock ran: {@code wall} or {@code virtual}
 */
public record Measurement(
        String name, double value, String unit, @Nullable Limit limit, String clock) {

    /** @param op one of {@code <=}, {@code <}, {@code >=}, {@code >}, {@code ==} */
    public record Limit(String op, double value) {}
}
