package dev.plumbline.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MutexTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualClock clock = new VirtualClock(START, () -> {});
    private final Mutex mutex = new Mutex(clock);
    private final List<Instant> ends = new CopyOnWriteArrayList<>();

    @Test
    void timePassesForTheOneInsideWhileOthersWaitForTheirTurn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> {
                    try (Clock.Presence presence = clock.enter();
                            Mutex.Held alone = mutex.enter()) {
                        clock.await(new Bell(), clock.instant().plusSeconds(10));
                        ends.add(clock.instant());
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(10, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(ends)
                .containsExactly(
                        START.plusSeconds(10), START.plusSeconds(20), START.plusSeconds(30), START.plusSeconds(40));
    }

    @Test
    void whoeverIsInterruptedWhileWaitingGivesUpItsPlace() throws InterruptedException {
        Mutex own = new Mutex(new Interrupted(() -> {}));
        Mutex.Held first = own.enter();
        assertThatThrownBy(own::enter).isInstanceOf(InterruptedException.class);
        first.close();
        own.enter().close();
    }

    @Test
    void whoeverIsInterruptedWhenItsTurnHasComePassesItOn() throws InterruptedException {
        List<Mutex.Held> inside = new ArrayList<>();
        Mutex own = new Mutex(new Interrupted(() -> inside.get(0).close()));
        inside.add(own.enter());
        assertThatThrownBy(own::enter).isInstanceOf(InterruptedException.class);
        own.enter().close();
    }

    /** Each wait on it is interrupted, after something has happened. */
    private record Interrupted(Runnable before) implements Clock {

        @Override
        public String name() {
            return "interrupted";
        }

        @Override
        public Instant instant() {
            return START;
        }

        @Override
        public void await(Bell bell, Instant until) throws InterruptedException {
            before.run();
            throw new InterruptedException();
        }

        @Override
        public Presence enter() {
            return () -> {};
        }
    }
}
