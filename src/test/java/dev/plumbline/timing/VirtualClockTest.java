package dev.plumbline.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VirtualClockTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualClock clock = new VirtualClock(START, () -> {});

    @Test
    void eventsRunInTheOrderOfTheirTimeAndScheduling() throws InterruptedException {
        List<String> ran = new ArrayList<>();
        clock.after(Duration.ofSeconds(2), () -> ran.add("second"));
        clock.after(Duration.ofSeconds(1), () -> ran.add("first"));
        clock.after(Duration.ofSeconds(2), () -> ran.add("third"));

        clock.await(new Bell(), START.plusSeconds(5));

        assertThat(ran).containsExactly("first", "second", "third");
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void aBellEndsTheWaitAtTheMomentOfItsEvent() throws InterruptedException {
        Bell bell = new Bell();
        clock.after(Duration.ofSeconds(7), bell::ring);

        clock.await(bell, START.plusSeconds(60));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(7));
    }

    @Test
    void anEventThatWasTakenBackDoesNotRun() throws InterruptedException {
        List<String> ran = new ArrayList<>();
        clock.after(Duration.ofSeconds(1), () -> ran.add("never")).cancel();

        clock.await(new Bell(), START.plusSeconds(5));

        assertThat(ran).isEmpty();
    }

    @Test
    void timeStandsStillWhileAnotherWorks() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Clock.Presence working = clock.enter()) {
            CountDownLatch waiting = new CountDownLatch(1);
            var other = threads.submit(() -> {
                try (Clock.Presence presence = clock.enter()) {
                    waiting.countDown();
                    clock.await(new Bell(), START.plusSeconds(300));
                    return clock.instant();
                }
            });
            waiting.await();

            assertThat(other.isDone()).isFalse();
            assertThat(clock.instant()).isEqualTo(START);

            working.close();
            assertThat(other.get(5, TimeUnit.SECONDS)).isEqualTo(START.plusSeconds(300));
            clock.enter();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void timeGoesOnHoweverSoonTheWokenWaitAgain() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CountDownLatch entered = new CountDownLatch(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 1; thread <= 4; thread++) {
                Duration pause = Duration.ofMillis(thread);
                all.add(threads.submit(() -> {
                    try (Clock.Presence presence = clock.enter()) {
                        entered.countDown();
                        entered.await();
                        while (clock.instant().isBefore(START.plusSeconds(20))) {
                            clock.await(new Bell(), clock.instant().plus(pause));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(clock.instant()).isAfterOrEqualTo(START.plusSeconds(20));
    }
}
