package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.system.exporter.MetricTable;
import dev.plumbline.timing.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What the server says of itself under {@code /metrics}. */
final class OwnMetrics {

    private final MetricTable table = MetricTable.of("go-process", "prometheus");
    private final Clock clock;
    private final Instant started;
    private final SampleStore store;
    private final Engine engine;
    private final String version;

    OwnMetrics(Clock clock, Instant started, SampleStore store, Engine engine, String version) {
        this.clock = clock;
        this.started = started;
        this.store = store;
        this.engine = engine;
        this.version = version;
    }

    Reply page() {
        Instant now = clock.instant();
        double series = store.seriesCount();
        return MetricTable.reply(table.page(
                Duration.between(started, now).toMillis() / 1000.0,
                Map.of(
                        "now",
                        now.toEpochMilli() / 1000.0,
                        "start",
                        started.toEpochMilli() / 1000.0,
                        "configured",
                        engine.configuredAt().toEpochMilli() / 1000.0,
                        "series",
                        series,
                        "samples",
                        (double) store.appended(),
                        "pools",
                        (double) engine.config().jobs().size()),
                Map.of("version", version)));
    }
}
