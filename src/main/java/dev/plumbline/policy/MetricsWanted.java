package dev.plumbline.policy;

import dev.plumbline.promql.Selector;
import dev.plumbline.promql.Selector.Matcher;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether what an expression asks for is something that the jobs of a Prometheus bring in, or its rules make. */
final class MetricsWanted {

    /** Made by Prometheus itself for each target. */
    private static final Set<String> OF_TARGETS = Set.of(
            "up",
            "scrape_duration_seconds",
            "scrape_samples_scraped",
            "scrape_samples_post_metric_relabeling",
            "scrape_series_added");

    private final List<ScrapeJob> jobs;
    private final Set<String> made;

    /** @param recorded the names that recording rules give */
    MetricsWanted(List<ScrapeJob> jobs, Set<String> recorded) {
        this.jobs = List.copyOf(jobs);
        this.made = Stream.concat(recorded.stream(), Stream.of("ALERTS", "ALERTS_FOR_STATE"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What is wrong with a selector.
     *
     * @param certain false where a target may export it of which that is not known
     */
    record Problem(String message, boolean certain) {}

    /** @param label that the series must have too, empty for none */
    Optional<Problem> of(Selector selector, String label) {
        Optional<Predicate<String>> named = named(selector);
        if (named.isEmpty() || made.stream().anyMatch(named.get())) {
            return Optional.empty(); // a variable of the dashboard, or what rules make
        }
        List<ScrapeJob> asked =
                jobs.stream().filter(job -> chosen(job, selector)).toList();
        if (asked.isEmpty()) {
            String names = jobs.stream().map(ScrapeJob::name).collect(Collectors.joining(", "));
            return Optional.of(new Problem("asks for " + selector.text() + ", but the jobs are " + names, true));
        }
        boolean certain = asked.stream().allMatch(ScrapeJob::known);
        boolean exported = OF_TARGETS.stream().anyMatch(named.get())
                || asked.stream()
                        .anyMatch(job -> job.metrics().keySet().stream().anyMatch(named.get()));
        if (!exported) {
            return Optional.of(new Problem(
                    "asks for " + name(selector) + ", which no declared target exports" + nearest(selector, asked),
                    certain));
        }
        return label(selector, label, named.get(), asked).map(message -> new Problem(message, certain));
    }

    private static Optional<String> label(
            Selector selector, String label, Predicate<String> named, List<ScrapeJob> asked) {
        Set<String> wanted = selector.matchers().stream()
                .map(Matcher::label)
                .filter(each -> !each.equals("__name__"))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!label.isEmpty()) {
            wanted.add(label);
        }
        for (ScrapeJob job : asked) {
            Stream<String> metrics = Stream.concat(job.metrics().keySet().stream(), OF_TARGETS.stream());
            if (metrics.filter(named).anyMatch(metric -> wanted.stream().allMatch(each -> job.has(metric, each)))) {
                return Optional.empty();
            }
        }
        List<String> missing = wanted.stream()
                .filter(each -> asked.stream()
                        .noneMatch(job ->
                                job.metrics().keySet().stream().filter(named).anyMatch(it -> job.has(it, each))))
                .toList();
        return Optional.of("asks for " + name(selector) + " by " + (missing.isEmpty() ? wanted : missing)
                + ", labels that it does not have");
    }

    private static String name(Selector selector) {
        return selector.name().isEmpty() ? selector.text() : selector.name();
    }

    private static String nearest(Selector selector, List<ScrapeJob> asked) {
        Set<String> known =
                asked.stream().flatMap(job -> job.metrics().keySet().stream()).collect(Collectors.toSet());
        return Spelling.nearest(selector.name(), known)
                .map(name -> " (" + name + " is)")
                .orElse("");
    }

    private static boolean chosen(ScrapeJob job, Selector selector) {
        return selector.matchers().stream()
                .filter(matcher -> matcher.label().equals("job"))
                .flatMap(matcher -> predicate(matcher).stream())
                .allMatch(predicate -> predicate.test(job.name()));
    }

    /** Empty where the name is not said, or with a variable of a dashboard. */
    private static Optional<Predicate<String>> named(Selector selector) {
        if (!selector.name().isEmpty()) {
            return Optional.of(selector.name()::equals);
        }
        return selector.matchers().stream()
                .filter(matcher -> matcher.label().equals("__name__"))
                .findFirst()
                .flatMap(MetricsWanted::predicate);
    }

    /** Empty for a value that only a variable of a dashboard fills, or that is no regular expression here. */
    private static Optional<Predicate<String>> predicate(Matcher matcher) {
        if (matcher.value().contains("$")) {
            return Optional.empty();
        }
        try {
            Predicate<String> fits = matcher.op().endsWith("~")
                    ? Pattern.compile(matcher.value()).asMatchPredicate()
                    : matcher.value()::equals;
            return Optional.of(matcher.op().startsWith("!") ? fits.negate() : fits);
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }
}
