package dev.plumbline.criterion;

import java.time.LocalDate;

/** An accepted failure: who accepts it, why, and the last day on which it holds. */
public record Waiver(String criterion, String reason, String owner, LocalDate expires) {

    /** Whether the waiver still holds on the given day. */
    public boolean holdsOn(LocalDate day) {
        return !day.isAfter(expires);
    }
}
