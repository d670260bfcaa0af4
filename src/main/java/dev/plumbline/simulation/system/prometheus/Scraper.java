package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.system.prometheus.Exposition.Line;
import dev.plumbline.simulation.system.prometheus.Exposition.Malformed;
import dev.plumbline.simulation.system.prometheus.PrometheusConfig.Job;
import dev.plumbline.simulation.system.prometheus.ScrapeTarget.Last;
import dev.plumbline.simulation.system.prometheus.promql.Labels;
import dev.plumbline.simulation.system.prometheus.promql.Point;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Scrapes a target and writes what it says, or that it ended. */
final class Scraper {

    private static final List<String> REPORTS = List.of(
            "up",
            "scrape_duration_seconds",
            "scrape_samples_scraped",
            "scrape_samples_post_metric_relabeling",
            "scrape_series_added");
    /** Virtual time stands still during a request; these are what a small page costs on a real network. */
    private static final double SECONDS_A_REQUEST = 0.002;

    private static final double SECONDS_A_SAMPLE = 0.000_002;

    private final SampleStore store;
    private final Dialer dialer;
    private final Map<String, Exposition.Metadata> metadata = new ConcurrentHashMap<>();

    Scraper(SampleStore store, Dialer dialer) {
        this.store = store;
        this.dialer = dialer;
    }

    /** What the pages said about their families. */
    Map<String, Exposition.Metadata> metadata() {
        return metadata;
    }

    void scrape(Job job, ScrapeTarget target, Instant now) {
        try {
            Reply reply = dialer.get(target.url(), job.authorization());
            if (reply.status() != 200) {
                throw new Dialer.Failed(
                        "server returned HTTP status " + reply.status() + " " + HttpStatus.phrase(reply.status()));
            }
            Exposition page = Exposition.parse(new String(reply.body(), StandardCharsets.UTF_8));
            metadata.putAll(page.metadata());
            write(job, target, page, now);
        } catch (Dialer.Failed e) {
            failed(target, e.getMessage(), now);
        } catch (Malformed e) {
            failed(target, e.getMessage(), now);
        }
    }

    private void failed(ScrapeTarget target, String why, Instant now) {
        ended(target.current(), now);
        target.scraped(new Last("down", why, now, SECONDS_A_REQUEST), Set.of());
        report(target, now, 0, SECONDS_A_REQUEST, 0, 0, 0);
    }

    private void write(Job job, ScrapeTarget target, Exposition page, Instant now) throws Malformed {
        Set<Labels> seen = new HashSet<>();
        for (Line line : page.samples()) {
            Optional<Labels> labels = target.known().get(line.metric());
            if (labels == null) {
                labels = Relabel.all(job.metricRelabels(), merged(job, target, line.metric()));
                target.known().put(line.metric(), labels);
            }
            labels.ifPresent(each -> {
                store.append(each, now.toEpochMilli(), line.value());
                seen.add(each);
            });
        }
        Set<Labels> before = target.current();
        ended(before.stream().filter(labels -> !seen.contains(labels)).toList(), now);
        int scraped = page.samples().size();
        double seconds = SECONDS_A_REQUEST + scraped * SECONDS_A_SAMPLE;
        long added = seen.stream().filter(labels -> !before.contains(labels)).count();
        target.scraped(new Last("up", "", now, seconds), seen);
        report(target, now, 1, seconds, scraped, seen.size(), added);
    }

    private static Labels merged(Job job, ScrapeTarget target, String metric) throws Malformed {
        Labels exposed = Exposition.labels(metric);
        Map<String, String> labels = new HashMap<>(exposed.asMap());
        target.labels().asMap().forEach((name, value) -> {
            String own = exposed.get(name);
            if (own.isEmpty() || !job.honorLabels()) {
                labels.put(name, value);
            }
            if (!own.isEmpty() && !job.honorLabels()) {
                labels.put("exported_" + name, own);
            }
        });
        return Labels.of(labels);
    }

    private void report(ScrapeTarget target, Instant now, double... values) {
        for (int i = 0; i < REPORTS.size(); i++) {
            store.append(target.labels().with(Labels.NAME, REPORTS.get(i)), now.toEpochMilli(), values[i]);
        }
    }

    /** The target is no longer there: its series end. */
    void forget(ScrapeTarget target, Instant now) {
        ended(target.current(), now);
        ended(
                REPORTS.stream()
                        .map(name -> target.labels().with(Labels.NAME, name))
                        .toList(),
                now);
        target.scraped(target.last(), Set.of());
    }

    private void ended(Iterable<Labels> series, Instant now) {
        series.forEach(labels -> store.append(labels, now.toEpochMilli(), Point.STALE));
    }
}
