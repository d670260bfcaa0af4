package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.system.prometheus.promql.Labels;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One address that is scraped, and how the last scrape went. */
final class ScrapeTarget {

    private final Labels discovered;
    private final Labels labels;
    private final URI url;
    /** What each line of the page became, empty for those dropped: the same lines come again at each scrape. */
    private final Map<String, Optional<Labels>> known = new HashMap<>();

    private Set<Labels> current = Set.of();
    private Last last = new Last("unknown", "", Instant.EPOCH, 0);

    ScrapeTarget(Labels discovered, Labels labels, URI url) {
        this.discovered = discovered;
        this.labels = labels;
        this.url = url;
    }

    /**
     * How a scrape went.
     *
     * @param health {@code up}, {@code down} or {@code unknown} before the first
     * @param seconds how long it took
     */
    record Last(String health, String error, Instant at, double seconds) {}

    Labels discovered() {
        return discovered;
    }

    Labels labels() {
        return labels;
    }

    URI url() {
        return url;
    }

    Map<String, Optional<Labels>> known() {
        return known;
    }

    /** The series of the last scrape. */
    Set<Labels> current() {
        return current;
    }

    synchronized Last last() {
        return last;
    }

    synchronized void scraped(Last result, Set<Labels> series) {
        last = result;
        current = series;
    }

    /** Two with the same labels and address are one. */
    String identity() {
        return labels + " " + url;
    }
}
