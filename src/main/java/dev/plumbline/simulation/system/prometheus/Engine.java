package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.ImageModel.Start;
import dev.plumbline.simulation.system.prometheus.PrometheusServer.Settings;
import dev.plumbline.timing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scrapes each job and evaluates each rule group at its interval. */
final class Engine implements AutoCloseable {

    private final Start start;
    private final VirtualClock clock;
    private final SampleStore store;
    private final Scraper scraper;
    private final Duration lookback;
    private final List<Timer> timers = new ArrayList<>();
    private volatile @Nullable Work work;

    Engine(Start start, SampleStore store, Scraper scraper, Duration lookback) {
        this.start = start;
        this.clock = start.world().clock();
        this.store = store;
        this.scraper = scraper;
        this.lookback = lookback;
    }

    /** What is being done under the present configuration. */
    private record Work(PrometheusConfig config, List<ScrapePool> pools, List<GroupState> groups, Instant since) {}

    /** A rule group at work. */
    record GroupState(Rule.Group group, List<RuleState> rules) {}

    /** Starts with a configuration, in place of the one before. */
    void run(Settings settings) {
        close();
        Discovery discovery =
                new Discovery(start.world(), start.pod().getMetadata().getNamespace());
        List<ScrapePool> pools = settings.config().jobs().stream()
                .map(job -> new ScrapePool(job, discovery))
                .toList();
        List<GroupState> groups = settings.rules().stream()
                .map(group -> new GroupState(
                        group,
                        group.rules().stream()
                                .map(rule -> new RuleState(rule, store, lookback))
                                .toList()))
                .toList();
        work = new Work(settings.config(), pools, groups, clock.instant());
        pools.forEach(pool -> every(pool.job().interval(), pool.job().name(), () -> tick(pool)));
        groups.forEach(group -> every(group.group().interval(), group.group().name(), () -> tick(group)));
    }

    /** The first time is somewhere inside the first interval, by the name, as a real server spreads its load. */
    private void every(Duration interval, String name, Runnable task) {
        long offset = Math.floorMod(name.hashCode() * 7919L, interval.toMillis());
        timers.add(new Timer(Duration.ofMillis(offset), interval, task));
    }

    private void tick(ScrapePool pool) {
        Instant now = clock.instant();
        pool.refresh().forEach(target -> scraper.forget(target, now));
        pool.active().forEach(target -> scraper.scrape(pool.job(), target, now));
    }

    private void tick(GroupState group) {
        group.rules().forEach(rule -> rule.evaluate(clock.instant()));
    }

    PrometheusConfig config() {
        return work().config();
    }

    Instant configuredAt() {
        return work().since();
    }

    /** The jobs with their targets as they are now. */
    List<ScrapePool> pools() {
        List<ScrapePool> pools = work().pools();
        pools.forEach(pool -> pool.refresh().forEach(target -> scraper.forget(target, clock.instant())));
        return pools;
    }

    List<GroupState> groups() {
        return work().groups();
    }

    Map<String, Exposition.Metadata> metadata() {
        return scraper.metadata();
    }

    private Work work() {
        Work now = work;
        if (now == null) {
            throw new IllegalStateException("asked before the configuration was applied");
        }
        return now;
    }

    @Override
    public void close() {
        timers.forEach(Timer::cancel);
        timers.clear();
    }

    /** Runs a task again and again until it is cancelled. */
    private final class Timer {
        private final Duration interval;
        private final Runnable task;
        private VirtualClock.Scheduled next;
        private boolean cancelled;

        Timer(Duration first, Duration interval, Runnable task) {
            this.interval = interval;
            this.task = task;
            this.next = clock.after(first, this::fire);
        }

        private void fire() {
            synchronized (this) {
                if (cancelled) {
                    return;
                }
                next = clock.after(interval, this::fire);
            }
            task.run();
        }

        synchronized void cancel() {
            cancelled = true;
            next.cancel();
        }
    }
}
