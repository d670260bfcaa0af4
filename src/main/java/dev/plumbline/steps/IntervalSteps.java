package dev.plumbline.steps;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.policy.Manifest;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotMeasured;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Intervals that manifests declare, and what follows from them. */
public final class IntervalSteps {

    private static final FieldPath INTERVAL = FieldPath.parse(".spec.interval");
    private static final FieldPath TIMEOUT = FieldPath.parse(".spec.timeout");

    private final StaticManifests manifests;
    private final Judge judge;

    public IntervalSteps(StaticManifests manifests, Judge judge) {
        this.manifests = manifests;
        this.judge = judge;
    }

    @Then("each {kind} in the manifests of {string} has {string} of at most {duration}")
    @Sentence(
            value = "A duration that the objects of a kind declare, such as an interval, is never longer.",
            examples =
                    "each GitRepository in the manifests of \"gitops-plan\" has \".spec.interval\" of at most 1 minute")
    public void atMost(String kind, String name, String path, Duration limit) {
        FieldPath field = FieldPath.parse(path);
        longest(kind, name, "longest " + path, limit, manifest -> length(manifest, field));
    }

    @Then("each {kind} in the manifests of {string} reverts drift within {duration} at worst")
    @Sentence(
            value =
                    "Interval and timeout of each object together: a change just after a reconciliation waits for a whole"
                            + " interval, and then as long as a reconciliation may take.",
            examples = "each Kustomization in the manifests of \"gitops-plan\" reverts drift within 5 minutes at worst")
    public void reverts(String kind, String name, Duration limit) {
        longest(
                kind,
                name,
                "worst case",
                limit,
                manifest -> length(manifest, INTERVAL)
                        .map(it -> it.plus(length(manifest, TIMEOUT).orElse(it))));
    }

    private void longest(
            String kind, String name, String what, Duration limit, Function<Manifest, Optional<Duration>> length) {
        List<Manifest> found = manifests.ofKind(name, kind);
        if (found.isEmpty()) {
            throw new NotMeasured("nothing selected: the manifests of \"" + name + "\" hold no " + kind);
        }
        Duration longest = Duration.ZERO;
        String worst = "";
        for (Manifest manifest : found) {
            Optional<Duration> own = length.apply(manifest);
            if (own.isEmpty()) {
                throw new NotMeasured(place(manifest) + " does not declare it");
            }
            if (own.get().compareTo(longest) > 0) {
                longest = own.get();
                worst = place(manifest);
            }
        }
        judge.file(manifests.judged(
                longest.compareTo(limit) <= 0,
                kind + " in the manifests of \"" + name + "\"",
                worst + ": " + what + " is " + longest.toSeconds() + " s, expected at most " + limit.toSeconds()
                        + " s (" + found.size() + " looked at)",
                new Measurement(
                        what,
                        longest.toSeconds(),
                        "seconds",
                        new Measurement.Limit("<=", limit.toSeconds()),
                        judge.clock())));
    }

    private static String place(Manifest manifest) {
        return manifest.file() + ":" + manifest.lines().of(List.of("spec", "interval")) + ": " + manifest.title();
    }

    private static Optional<Duration> length(Manifest manifest, FieldPath field) {
        return field.in(manifest.object()).map(value -> duration(manifest, field, String.valueOf(value)));
    }

    /** Go's {@code 1m30s} is ISO's {@code PT1M30S}. */
    private static Duration duration(Manifest manifest, FieldPath field, String text) {
        try {
            return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            throw new NotMeasured(
                    place(manifest) + ": " + field + " is \"" + text + "\", expected one such as 2m or 90s");
        }
    }
}
