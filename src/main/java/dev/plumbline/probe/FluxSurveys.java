package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Pods;
import dev.plumbline.cluster.Target;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Questions about all that Flux holds. */
public final class FluxSurveys {

    private static final String KUSTOMIZATION = "Kustomization.kustomize.toolkit.fluxcd.io";
    private static final List<String> FLUX = List.of("GitRepository", KUSTOMIZATION, "HelmRepository", "HelmRelease");
    private static final List<String> RUNS =
            List.of("Deployment", "StatefulSet", "DaemonSet", "CronJob", "Service", "PersistentVolumeClaim");
    private static final FieldPath APPLIED = FieldPath.parse(".status.lastAppliedRevision");
    private static final FieldPath SOURCE = FieldPath.parse(".spec.sourceRef.name");
    private static final FieldPath ARTIFACT = FieldPath.parse(".status.artifact.revision");
    private static final String RECONCILE = "kustomize.toolkit.fluxcd.io/reconcile";

    private final Target target;

    public FluxSurveys(Target target) {
        this.target = target;
    }

    /** Each source, Kustomization and release is ready, not suspended, and at the revision of its source. */
    public Survey ready() {
        return new Survey(target, "Flux objects", FLUX, reader -> {
            Map<String, String> artifacts = artifacts(reader);
            List<String> wrong = new ArrayList<>();
            List<GenericKubernetesResource> behind = new ArrayList<>();
            int looked = 0;
            for (String kind : FLUX) {
                for (GenericKubernetesResource object : reader.list(kind, null)) {
                    looked++;
                    Optional<String> problem = problem(object, artifacts);
                    problem.ifPresent(it -> wrong.add(title(object) + " " + it));
                    problem.ifPresent(it -> behind.add(object));
                }
            }
            Optional<String> blocked = blocked(reader, behind);
            if (blocked.isPresent()) {
                throw reader.blocked(blocked.get());
            }
            return new Survey.Tally(looked, wrong);
        });
    }

    private static Map<String, String> artifacts(Survey.Reader reader) throws NotSeen {
        Map<String, String> artifacts = new LinkedHashMap<>();
        for (GenericKubernetesResource source : reader.list("GitRepository", null)) {
            ARTIFACT.in(source.getAdditionalProperties())
                    .ifPresent(it -> artifacts.put(source.getMetadata().getName(), it.toString()));
        }
        return artifacts;
    }

    private static Optional<String> problem(GenericKubernetesResource object, Map<String, String> artifacts) {
        Map<String, Object> tree = object.getAdditionalProperties();
        if (is(tree, ".spec.suspend", "true")) {
            return Optional.of("is suspended");
        }
        if (is(tree, ".spec.type", "oci")) {
            return Optional.empty(); // only a place to fetch from: Flux keeps no state of it
        }
        Optional<String> unready = FluxCondition.notReady(object);
        if (unready.isPresent()) {
            return unready;
        }
        String applied = APPLIED.in(tree).map(Object::toString).orElse("");
        String source = SOURCE.in(tree).map(Object::toString).orElse("");
        String wanted = artifacts.getOrDefault(source, applied);
        return object.getKind().equals("Kustomization") && !applied.equals(wanted)
                ? Optional.of("is at " + applied + ", its source at " + wanted)
                : Optional.empty();
    }

    private static boolean is(Map<String, Object> tree, String path, String value) {
        return FieldPath.parse(path)
                .in(tree)
                .map(Object::toString)
                .filter(value::equals)
                .isPresent();
    }

    /** An image that cannot be had, where all that is behind waits for its pods. */
    private static Optional<String> blocked(Survey.Reader reader, List<GenericKubernetesResource> behind)
            throws NotSeen {
        String reason = "";
        for (GenericKubernetesResource object : behind) {
            Optional<String> own = Optional.empty();
            for (FluxInventory.Entry entry : FluxInventory.of(object)) {
                for (GenericKubernetesResource pod : reader.list("Pod", entry.namespace())) {
                    boolean ofIt = RUNS.contains(entry.kind())
                            && pod.getMetadata().getName().startsWith(entry.name() + "-");
                    own = ofIt && own.isEmpty() ? Pods.blocked(pod) : own;
                }
            }
            if (own.isEmpty()) {
                return Optional.empty();
            }
            reason = title(object) + ": " + own.get();
        }
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    /** All that runs in a namespace is applied by a Kustomization or a Helm release, whose inventory says so. */
    public Survey managed(String namespace, Set<String> exceptions) {
        List<String> kinds = new ArrayList<>(RUNS);
        kinds.add(KUSTOMIZATION);
        return new Survey(target, "what runs in namespace \"" + namespace + "\"", kinds, reader -> {
            List<FluxInventory.Entry> inventory = inventory(reader);
            List<String> claimsOf = claimPrefixes(reader, namespace);
            List<String> wrong = new ArrayList<>();
            int looked = 0;
            for (String kind : RUNS) {
                for (GenericKubernetesResource object : reader.list(kind, namespace)) {
                    String name = object.getMetadata().getName();
                    boolean ofSet = kind.equals("PersistentVolumeClaim")
                            && claimsOf.stream().anyMatch(name::startsWith);
                    looked++;
                    if (!ofSet && !exceptions.contains(kind + "/" + name) && !isManaged(object, inventory)) {
                        wrong.add(title(object) + " is managed by nobody");
                    }
                }
            }
            return new Survey.Tally(looked, wrong);
        });
    }

    private static List<FluxInventory.Entry> inventory(Survey.Reader reader) throws NotSeen {
        List<FluxInventory.Entry> all = new ArrayList<>();
        for (GenericKubernetesResource sync : reader.list(KUSTOMIZATION, null)) {
            all.addAll(FluxInventory.of(sync));
        }
        return all;
    }

    /** A StatefulSet's claims are made by its controller, one for each pod. */
    private static List<String> claimPrefixes(Survey.Reader reader, String namespace) throws NotSeen {
        List<String> prefixes = new ArrayList<>();
        for (GenericKubernetesResource set : reader.list("StatefulSet", namespace)) {
            Object templates = FieldPath.parse(".spec.volumeClaimTemplates")
                    .in(set.getAdditionalProperties())
                    .orElse(List.of());
            for (Object template : (List<?>) templates) {
                Object name = FieldPath.parse(".metadata.name").in(template).orElse("");
                prefixes.add(name + "-" + set.getMetadata().getName() + "-");
            }
        }
        return prefixes;
    }

    private static boolean isManaged(GenericKubernetesResource object, List<FluxInventory.Entry> inventory) {
        Map<String, String> labels = object.getMetadata().getLabels();
        if (labels == null) {
            return false;
        }
        return labels.containsKey("helm.toolkit.fluxcd.io/name")
                || (labels.containsKey("kustomize.toolkit.fluxcd.io/name")
                        && inventory.contains(FluxInventory.Entry.of(object)));
    }

    /** Every Secret that no Kustomization has applied, and no Helm release made, is a known exception. */
    public Survey secrets(String namespace, Set<String> exceptions) {
        return new Survey(target, "Secrets in namespace \"" + namespace + "\"", List.of("Secret"), reader -> {
            List<FluxInventory.Entry> inventory = inventory(reader);
            List<String> wrong = new ArrayList<>();
            int looked = 0;
            for (GenericKubernetesResource secret : reader.list("Secret", namespace)) {
                looked++;
                if (!isManaged(secret, inventory)
                        && !exceptions.contains(secret.getMetadata().getName())) {
                    wrong.add(title(secret) + " is neither managed by Flux nor on the list of exceptions");
                }
            }
            return new Survey.Tally(looked, wrong);
        });
    }

    /** The revision that each Kustomization has applied is one of its source's branch. */
    public Survey fromBranch(BiPredicate<String, String> isOfBranch) {
        return new Survey(target, "applied revisions", List.of(KUSTOMIZATION), reader -> {
            List<String> wrong = new ArrayList<>();
            int looked = 0;
            for (GenericKubernetesResource sync : reader.list(KUSTOMIZATION, null)) {
                String applied = APPLIED.in(sync.getAdditionalProperties())
                        .map(Object::toString)
                        .orElse("");
                if (applied.isEmpty()) {
                    continue; // never applied as a whole, so there is nothing to audit
                }
                looked++;
                String source = SOURCE.in(sync.getAdditionalProperties())
                        .map(Object::toString)
                        .orElse("");
                String commit = applied.substring(applied.lastIndexOf(':') + 1);
                if (!isOfBranch.test(source, commit)) {
                    wrong.add(title(sync) + " has applied \"" + applied
                            + "\", which is not in the history of its branch");
                }
            }
            return new Survey.Tally(looked, wrong);
        });
    }

    /** What Flux manages, nobody else has written to by hand. */
    public Survey onlyFlux(String namespace) {
        return new Survey(target, "field managers in namespace \"" + namespace + "\"", RUNS, reader -> {
            List<String> wrong = new ArrayList<>();
            int looked = 0;
            List<String> kinds = new ArrayList<>(RUNS);
            kinds.add("ConfigMap");
            for (String kind : kinds) {
                for (GenericKubernetesResource object : reader.list(kind, namespace)) {
                    Map<String, String> labels = object.getMetadata().getLabels();
                    if (labels == null || !labels.containsKey("kustomize.toolkit.fluxcd.io/name")) {
                        continue;
                    }
                    looked++;
                    for (ManagedFieldsEntry entry : object.getMetadata().getManagedFields()) {
                        if (byHand(entry.getManager())) {
                            wrong.add(title(object) + " was written to by " + entry.getManager());
                        }
                    }
                }
            }
            return new Survey.Tally(looked, wrong);
        });
    }

    private static boolean byHand(String manager) {
        return manager.startsWith("kubectl") || manager.equals("helm") || manager.equals("before-first-apply");
    }

    /** All that a Kustomization has applied lies in one namespace. */
    public Survey within(String kustomization, String namespace) {
        return new Survey(
                target, "the inventory of Kustomization \"" + kustomization + "\"", List.of(KUSTOMIZATION), reader -> {
                    List<String> wrong = new ArrayList<>();
                    int looked = 0;
                    for (GenericKubernetesResource sync : reader.list(KUSTOMIZATION, null)) {
                        if (sync.getMetadata().getName().equals(kustomization)) {
                            for (FluxInventory.Entry entry : FluxInventory.of(sync)) {
                                looked++;
                                if (!entry.namespace().equals(namespace)) {
                                    wrong.add(entry + " does not lie in " + namespace);
                                }
                            }
                        }
                    }
                    return new Survey.Tally(looked, wrong);
                });
    }

    /** A Kustomization does not count an object among what it has applied. */
    public Survey withoutEntry(String kustomization, String kind, String name) {
        return new Survey(
                target, "the inventory of Kustomization \"" + kustomization + "\"", List.of(KUSTOMIZATION), reader -> {
                    List<FluxInventory.Entry> entries = new ArrayList<>();
                    for (GenericKubernetesResource sync : reader.list(KUSTOMIZATION, null)) {
                        if (sync.getMetadata().getName().equals(kustomization)) {
                            entries.addAll(FluxInventory.of(sync));
                        }
                    }
                    return new Survey.Tally(
                            entries.size(),
                            entries.stream()
                                    .filter(it ->
                                            it.kind().equals(kind) && it.name().equals(name))
                                    .map(it -> it + " is still in it")
                                    .toList());
                });
    }

    /** No object that Flux manages is exempt from being corrected. */
    public Survey noneExempt(String namespace) {
        return new Survey(target, "exemptions in namespace \"" + namespace + "\"", RUNS, reader -> {
            List<String> wrong = new ArrayList<>();
            int looked = 0;
            List<String> kinds = new ArrayList<>(RUNS);
            kinds.add("ConfigMap");
            for (String kind : kinds) {
                for (GenericKubernetesResource object : reader.list(kind, namespace)) {
                    looked++;
                    Map<String, String> notes = object.getMetadata().getAnnotations();
                    if (notes != null && "disabled".equals(notes.get(RECONCILE))) {
                        wrong.add(title(object) + " is exempt from correction by " + RECONCILE);
                    }
                }
            }
            return new Survey.Tally(looked, wrong);
        });
    }

    static String title(GenericKubernetesResource object) {
        return FluxInventory.Entry.of(object).toString();
    }
}
