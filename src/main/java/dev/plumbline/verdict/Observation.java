package dev.plumbline.verdict;

import java.time.Instant;
import java.util.function.Function;

/** What one look saw. */
public sealed interface Observation<T> {

    /** Where was looked: an object and field, an address, a query. Never holds a secret. */
    String source();

    Instant at();

    /** The thing is there, and this is its value. */
    record Seen<T>(T value, String source, Instant at) implements Observation<T> {
        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /** The thing is not there; for a wait this is "not yet". */
    record Absent<T>(String what, String source, Instant at) implements Observation<T> {
        @Override
        public String toString() {
            return what;
        }
    }

    /** It could not be seen whether the thing is there: no connection, an error of the server, no permission. */
    record Unreachable<T>(String why, String source, Instant at) implements Observation<T> {
        @Override
        public String toString() {
            return "not observable: " + why;
        }
    }

    /** A precondition is missing and waiting will not bring it: an image that cannot be pulled, an unmodelled program. */
    record Blocked<T>(String why, String source, Instant at) implements Observation<T> {
        @Override
        public String toString() {
            return "blocked: " + why;
        }
    }

    /** Derives a value from a seen one; all else stays as it is. */
    default <R> Observation<R> map(Function<? super T, ? extends R> function) {
        if (this instanceof Seen<T> seen) {
            return new Seen<>(function.apply(seen.value()), seen.source(), seen.at());
        }
        @SuppressWarnings("unchecked") // only Seen holds a T
        Observation<R> same = (Observation<R>) this;
        return same;
    }
}
