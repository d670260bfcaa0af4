package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.gitops.Snapshot;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.system.GoDuration;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One reconciliation of a HelmRelease: install, upgrade, or compare what is live with what was released. */
final class Release {

    private static final Duration RENDER = Duration.ofMillis(300);
    private static final Duration HEALTH_POLL = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final World world;
    private final ObjectRef ref;
    private final GenericKubernetesResource object;
    private final Snapshot artifact;
    private final Reconciliation.Steps steps;
    private @Nullable Chart chart;

    Release(
            World world,
            ObjectRef ref,
            GenericKubernetesResource object,
            Snapshot artifact,
            Reconciliation.Steps steps) {
        this.world = world;
        this.ref = ref;
        this.object = object;
        this.artifact = artifact;
        this.steps = steps;
    }

    void begin() {
        Status.edit(
                world,
                ref,
                status -> status.condition("Reconciling", "True", "Progressing", "Fulfilling prerequisites"));
        steps.after(RENDER, this::render);
    }

    private void render() {
        try {
            Chart found = Chart.of(artifact, String.valueOf(object.<Object>get("spec", "chart", "spec", "chart")));
            chart = found;
            Map<String, Object> values = object.get("spec", "values");
            String namespace = Objects.requireNonNull(ref.namespace());
            List<GenericKubernetesResource> objects =
                    found.render(ref.name(), namespace, Objects.requireNonNullElse(values, Map.of()));
            objects.forEach(it -> mark(it, namespace));
            String digest = "sha256:"
                    + Digest.of(objects.stream().map(Serialization::asYaml).collect(Collectors.joining("---\n")));
            if (digest.equals(last().map(it -> it.get("digest")).orElse(""))) {
                correct(objects);
            } else {
                release(objects, digest);
            }
        } catch (Chart.NotSimulated e) {
            fail("InstallFailed", String.valueOf(e.getMessage()));
        } catch (Applying.Refused e) {
            fail(last().isEmpty() ? "InstallFailed" : "UpgradeFailed", String.valueOf(e.getMessage()));
        }
    }

    private void mark(GenericKubernetesResource each, String namespace) {
        if (each.getMetadata().getNamespace() == null) {
            each.getMetadata().setNamespace(namespace);
        }
        Map<String, String> labels = new LinkedHashMap<>(
                Objects.requireNonNullElse(each.getMetadata().getLabels(), Map.<String, String>of()));
        labels.putAll(HelmController.labels(ref));
        each.getMetadata().setLabels(labels);
    }

    private Optional<Map<String, Object>> last() {
        List<Map<String, Object>> history = object.get("status", "history");
        return history == null || history.isEmpty() ? Optional.empty() : Optional.of(history.get(0));
    }

    private Applying applying() {
        return new Applying(world.state(), HelmController.NAME, false);
    }

    private void correct(List<GenericKubernetesResource> objects) throws Applying.Refused {
        String mode = object.get("spec", "driftDetection", "mode");
        if ("enabled".equals(mode) || "warn".equals(mode)) {
            String changes = Applying.changes(applying().compare(objects));
            if (!changes.isEmpty()) {
                event(
                        "Warning",
                        "DriftDetected",
                        "Cluster state of release " + words() + " has drifted from the desired state:\n" + changes);
                if (mode.equals("enabled")) {
                    applying().apply(objects);
                    event(
                            "Normal",
                            "DriftCorrected",
                            "Cluster state of release " + words() + " has been corrected:\n" + changes);
                }
            }
        }
        succeed(
                last().orElseThrow(),
                last().map(it -> first() ? "InstallSucceeded" : "UpgradeSucceeded")
                        .orElse(""));
    }

    private boolean first() {
        return last().map(it -> Integer.valueOf(1).equals(number(it.get("version"))))
                .orElse(true);
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }

    private void release(List<GenericKubernetesResource> objects, String digest) throws Applying.Refused {
        int version = last().map(it -> number(it.get("version"))).orElse(0) + 1;
        List<Applying.Entry> entries = applying().apply(objects);
        Map<String, Object> entry = new LinkedHashMap<>();
        Chart known = Objects.requireNonNull(chart);
        entry.put("name", ref.name());
        entry.put("namespace", ref.namespace());
        entry.put("version", version);
        entry.put("chartName", known.name());
        entry.put("chartVersion", known.version());
        entry.put("digest", digest);
        entry.put("status", "deployed");
        look(
                entries.stream().map(Applying.Entry::ref).toList(),
                entry,
                world.clock().instant());
    }

    private void look(List<ObjectRef> released, Map<String, Object> entry, Instant since) {
        Duration waited = Duration.between(since, world.clock().instant());
        Health.Look look = Health.look(released, world.state());
        boolean install = number(entry.get("version")) == 1;
        if (look.isHealthy()) {
            String reason = install ? "InstallSucceeded" : "UpgradeSucceeded";
            event(
                    "Normal",
                    reason,
                    "Helm " + (install ? "install" : "upgrade") + " succeeded for release " + words(entry));
            succeed(entry, reason);
        } else if (look.isHopeless() || waited.compareTo(timeout()) >= 0) {
            fail(install ? "InstallFailed" : "UpgradeFailed", "context deadline exceeded: " + look);
        } else {
            steps.after(HEALTH_POLL, () -> look(released, entry, since));
        }
    }

    private Duration timeout() {
        String timeout = object.get("spec", "timeout");
        return timeout == null ? Duration.ofMinutes(5) : GoDuration.parse(timeout);
    }

    private void succeed(Map<String, Object> entry, String reason) {
        String message = "Helm " + (reason.startsWith("Install") ? "install" : "upgrade") + " succeeded for release "
                + words(entry);
        Status.edit(
                world,
                ref,
                status -> status.without("Reconciling")
                        .condition("Released", "True", reason, message)
                        .condition("Ready", "True", reason, message)
                        .set("history", List.of(entry))
                        .set(
                                "lastAttemptedRevision",
                                Objects.requireNonNull(chart).version())
                        .handled()
                        .observed());
        steps.over(GoDuration.parse(String.valueOf(object.<Object>get("spec", "interval"))));
    }

    private void fail(String reason, String message) {
        Status.edit(
                world,
                ref,
                status -> status.condition("Released", "False", reason, message)
                        .condition("Ready", "False", reason, message)
                        .handled()
                        .observed());
        event("Warning", reason, "Helm release " + words() + " failed: " + message);
        steps.over(LAST_RETRY);
    }

    private String words() {
        return words(last().orElse(Map.of("version", 1)));
    }

    private String words(Map<String, Object> entry) {
        return ref.namespace() + "/" + ref.name() + ".v" + number(entry.get("version")) + " with chart "
                + Objects.requireNonNull(chart).name() + "@"
                + Objects.requireNonNull(chart).version();
    }

    private void event(String type, String reason, String message) {
        world.state().event(object, type, reason, message, HelmController.NAME);
    }

    /** Deletes what the release had installed. */
    static void uninstall(World world, ObjectRef ref) {
        for (var kind : List.of("apps/v1 Deployment", "apps/v1 StatefulSet", "v1 Service", "v1 ConfigMap")) {
            String[] parts = kind.split(" ");
            world.state()
                    .kind(parts[0], parts[1])
                    .ifPresent(known -> world.state().list(known, ref.namespace()).stream()
                            .filter(it -> ref.name()
                                    .equals(Objects.requireNonNullElse(
                                                    it.getMetadata().getLabels(), Map.<String, String>of())
                                            .get("helm.toolkit.fluxcd.io/name")))
                            .forEach(it -> world.state()
                                    .delete(new ObjectRef(
                                            known,
                                            ref.namespace(),
                                            it.getMetadata().getName()))));
        }
    }
}
