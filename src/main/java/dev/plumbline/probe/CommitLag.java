package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long the commits in a Kustomization's history took to be live. An entry whose manifests had been live before its
 * commit took no time.
 */
public final class CommitLag implements Probe<CommitLag.Lags> {

    private static final FieldPath HISTORY = FieldPath.parse(".status.history");
    private static final String SUCCEEDED = "ReconciliationSucceeded";

    private final Target target;
    private final Looks object;
    private final Function<String, Optional<Instant>> committedAt;

    public CommitLag(Target target, String namespace, String name, Function<String, Optional<Instant>> committedAt) {
        this.target = target;
        this.object = new Looks(target, "Kustomization.kustomize.toolkit.fluxcd.io", namespace, name);
        this.committedAt = committedAt;
    }

    /** By commit, at most five. */
    public record Lags(Map<String, Duration> lags) {

        public Duration longest() {
            return lags.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
        }

        @Override
        public String toString() {
            List<String> words = new ArrayList<>();
            lags.forEach((commit, lag) ->
                    words.add(commit.substring(0, Math.min(8, commit.length())) + " after " + lag.toSeconds() + " s"));
            return String.join(", ", words);
        }
    }

    @Override
    public String subject() {
        return object.subject() + " .status.history";
    }

    @Override
    public Observation<Lags> look() {
        var seen = object.look();
        if (!(seen instanceof Observation.Seen<GenericKubernetesResource> found)) {
            return seen.map(none -> new Lags(Map.of()));
        }
        Map<String, Duration> lags = new java.util.LinkedHashMap<>();
        for (Object item :
                (List<?>) HISTORY.in(found.value().getAdditionalProperties()).orElse(List.of())) {
            Map<?, ?> entry = (Map<?, ?>) item;
            String revision = FieldPath.parse(".metadata.revision")
                    .in(entry)
                    .map(Object::toString)
                    .orElse("");
            String commit = revision.substring(revision.lastIndexOf(':') + 1);
            Optional<Instant> made = committedAt.apply(commit);
            if (SUCCEEDED.equals(entry.get("lastReconciledStatus")) && made.isPresent()) {
                Duration lag =
                        Duration.between(made.get(), Instant.parse(String.valueOf(entry.get("firstReconciled"))));
                lags.put(commit, lag.isNegative() ? Duration.ZERO : lag);
            }
        }
        return lags.isEmpty()
                ? new Observation.Unreachable<>(
                        "nothing selected: its history names no known commit", subject(), target.now())
                : new Observation.Seen<>(new Lags(lags), subject(), target.now());
    }

    @Override
    public Optional<Subscription> onChange(Runnable changed) {
        return object.onChange(changed);
    }
}
