package dev.plumbline.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.CancellationToken;

/** Says whether another scenario may begin, and ends those that run when the run is told to stop. */
public final class Gate {

    private final InstantSource time;
    private final Optional<Instant> closes;
    private final boolean failFast;
    private final CancellationToken cancellation = CancellationToken.create();
    private final Set<Thread> inside = ConcurrentHashMap.newKeySet();
    private volatile boolean failed;
    private volatile int signal;
    private volatile @Nullable String aborted;

    /** @param budget wall time after which no scenario begins */
    public Gate(InstantSource time, Optional<Duration> budget, boolean failFast) {
        this.time = time;
        this.closes = budget.map(time.instant()::plus);
        this.failFast = failFast;
    }

    Optional<String> refusal() {
        if (signal != 0) {
            return Optional.of("the run was interrupted");
        }
        if (aborted != null) {
            return Optional.of("the run was aborted: " + aborted);
        }
        if (failFast && failed) {
            return Optional.of("an earlier scenario failed, and --fail-fast was given");
        }
        return closes.filter(end -> !time.instant().isBefore(end)).map(end -> "the time of --budget is used up");
    }

    /** Stops the run: the scenarios that run are interrupted, no other begins, and nothing that comes after them is. */
    public synchronized void stop(int signalNumber) {
        signal = signalNumber;
        cancellation.cancel();
        inside.forEach(Thread::interrupt);
    }

    /** Stops the run because it cannot be trusted to go on. */
    synchronized void abort(String why) {
        aborted = why;
        cancellation.cancel();
        inside.forEach(Thread::interrupt);
    }

    Optional<String> aborted() {
        return Optional.ofNullable(aborted);
    }

    /** The number of the signal that stopped the run, if one did. */
    public Optional<Integer> signal() {
        return signal == 0 ? Optional.empty() : Optional.of(signal);
    }

    /** 128 and the number of the signal that stopped the run. */
    public Optional<Integer> exitCode() {
        return signal().map(number -> 128 + number);
    }

    CancellationToken cancellation() {
        return cancellation;
    }

    synchronized void entered(Thread thread) {
        inside.add(thread);
        if (signal != 0 || aborted != null) {
            thread.interrupt();
        }
    }

    synchronized void left(Thread thread, boolean scenarioFailed) {
        inside.remove(thread);
        failed |= scenarioFailed;
    }
}
