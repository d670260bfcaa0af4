package dev.plumbline.verdict;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * What a value must be, with the words a failure says it in.
 *
 * @param words completes "expected ...": {@code 2}, {@code at least one sample}, {@code condition Ready to be True}
 */
public record Expectation<T>(String words, Predicate<? super T> met) {

    public static <T> Expectation<T> equalTo(T wanted) {
        return new Expectation<>(String.valueOf(wanted), seen -> Objects.equals(seen, wanted));
    }

    public static Expectation<Boolean> isTrue(String words) {
        return new Expectation<>(words, seen -> seen);
    }
}
