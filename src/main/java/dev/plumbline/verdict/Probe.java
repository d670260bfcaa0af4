package dev.plumbline.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A read-only measurement. It looks once and returns what it saw; it never asserts, waits, retries or writes. */
public interface Probe<T> {

    /** What is looked at, in the reader's words: {@code Deployment "web" in namespace "shop" .spec.replicas}. */
    String subject();

    /** Looks once. Whatever cannot be seen is an {@link Observation}, not an exception. */
    Observation<T> look();

    /**
     * Calls back whenever what this probe looks at may have changed, until the subscription is closed. A probe that has
     * nothing to listen to returns empty and is polled.
     */
    default Optional<Subscription> onChange(Runnable changed) {
        return Optional.empty();
    }

    /**
     * Records what this probe could see from a moment on, and calls back when there may be more. A probe whose value no
     * events tell looks when it is asked.
     *
     * @param from may lie in the past, and null is now; what can no longer be told is {@link Observation.Unreachable}
     */
    default Optional<Recording<T>> record(@Nullable Instant from, Runnable changed) {
        return onChange(changed).map(subscription -> Recording.of(this::look, subscription));
    }

    /** How long to leave it alone between two looks when it is polled; empty for the usual. For looks that cost much. */
    default Optional<Duration> pace() {
        return Optional.empty();
    }

    /** The objects that it looks at, for a diagnosis of what it saw; none for what is no object. */
    default List<About> about() {
        return List.of();
    }

    /** Ends the callbacks. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
