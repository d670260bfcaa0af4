package dev.plumbline.verdict;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a probe could see from some moment on. It misses nothing that an event brought, however late it is asked, and its
 * times are those at which the events came. Close it when no longer asked.
 */
public interface Recording<T> extends Probe.Subscription {

    /** All that came since it was last asked, oldest first; the last one is what is to be seen now. Never empty. */
    List<Observation<T>> looks();

    /**
     * The same, after the server was asked whether an event was lost: for a verdict that rests on what was not seen.
     *
     * @param moment that the verdict speaks of, not after now; an answer that the server began after it is good, whoever asked
     */
    List<Observation<T>> confirmed(Instant moment);

    /** Reads another value out of each observation. */
    default <R> Recording<R> map(Function<Observation<T>, Observation<R>> read) {
        Recording<T> whole = this;
        return new Recording<>() {
            @Override
            public List<Observation<R>> looks() {
                return whole.looks().stream().map(read).toList();
            }

            @Override
            public List<Observation<R>> confirmed(Instant moment) {
                return whole.confirmed(moment).stream().map(read).toList();
            }

            @Override
            public void close() {
                whole.close();
            }
        };
    }

    /** Of what can only be looked at when asked. */
    static <T> Recording<T> of(Supplier<Observation<T>> look, Probe.Subscription subscription) {
        return new Recording<>() {
            @Override
            public List<Observation<T>> looks() {
                return List.of(look.get());
            }

            @Override
            public List<Observation<T>> confirmed(Instant moment) {
                return looks();
            }

            @Override
            public void close() {
                subscription.close();
            }
        };
    }
}
