package dev.plumbline.simulation.system.flux;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Server-side apply of built objects in stages. Whether an object is applied is decided by a dry run of its apply. */
final class Applying {

    private static final Comparator<GenericKubernetesResource> ORDER = Comparator.comparing(
                    (GenericKubernetesResource object) -> KindOrder.of(object.getKind()))
            .thenComparing(Marks::words);

    private final ClusterState state;
    private final String manager;
    private final boolean force;

    /**
     * @param manager the field manager that what is applied belongs to
     * @param force whether an object that cannot be changed is replaced
     */
    Applying(ClusterState state, String manager, boolean force) {
        this.state = state;
        this.manager = manager;
        this.force = force;
    }

    /** What became of one object: {@code created}, {@code configured}, {@code unchanged} or {@code skipped}. */
    record Entry(GenericKubernetesResource object, ObjectRef ref, String action) {

        Inventory.Entry inventory() {
            return Inventory.Entry.of(object);
        }

        boolean isChanged() {
            return action.equals("created") || action.equals("configured");
        }
    }

    /** What changed, one object a line, as the event says it; empty when nothing did. */
    static String changes(List<Entry> entries) {
        return entries.stream()
                .filter(Entry::isChanged)
                .map(entry -> Marks.words(entry.object()) + " " + entry.action())
                .collect(Collectors.joining("\n"));
    }

    /** @throws Refused when the API server refuses an object; what its stage would have changed is then left as it was */
    List<Entry> apply(List<GenericKubernetesResource> objects) throws Refused {
        List<Entry> entries = new ArrayList<>();
        for (int stage = 0; stage <= 2; stage++) {
            int current = stage;
            List<GenericKubernetesResource> staged = objects.stream()
                    .filter(object -> KindOrder.stage(object.getKind()) == current)
                    .sorted(ORDER)
                    .toList();
            entries.addAll(applyStage(staged, entries));
        }
        return entries;
    }

    private List<Entry> applyStage(List<GenericKubernetesResource> objects, List<Entry> before) throws Refused {
        List<Entry> entries = new ArrayList<>();
        try {
            for (GenericKubernetesResource object : objects) {
                entries.add(decide(object));
            }
            for (Entry entry : entries) {
                if (entry.isChanged()) {
                    applyOne(entry);
                }
            }
        } catch (Refused e) {
            String done = changes(before);
            throw done.isEmpty() ? e : new Refused(e.getMessage() + "\n" + done);
        }
        return entries;
    }

    /** What applying would change; nothing is changed yet. */
    List<Entry> compare(List<GenericKubernetesResource> objects) throws Refused {
        List<Entry> entries = new ArrayList<>();
        for (GenericKubernetesResource object : objects) {
            entries.add(decide(object));
        }
        return entries;
    }

    private Entry decide(GenericKubernetesResource object) throws Refused {
        String words = Marks.words(object);
        Kind kind = state.kind(object.getApiVersion(), object.getKind())
                .orElseThrow(() -> new Refused(words + " dry-run failed: no matches for kind \"" + object.getKind()
                        + "\" in version \"" + object.getApiVersion() + "\""));
        String namespace = object.getMetadata().getNamespace();
        if (kind.namespaced() && (namespace == null || namespace.isEmpty())) {
            throw new Refused(words + " namespace not specified: the server could not find the requested resource");
        }
        ObjectRef ref = new ObjectRef(
                kind, kind.namespaced() ? namespace : null, object.getMetadata().getName());
        if (!kind.namespaced()) {
            object.getMetadata().setNamespace(null);
        }
        Optional<GenericKubernetesResource> live = state.get(ref);
        if (isLeftAlone(object) || live.filter(this::isLeftAlone).isPresent()) {
            return new Entry(object, ref, "skipped");
        }
        if (live.isPresent() && (isOnlyCreated(object) || isOnlyCreated(live.get()))) {
            return new Entry(object, ref, "skipped");
        }
        return new Entry(object, ref, action(object, ref, live.orElse(null)));
    }

    private boolean isLeftAlone(GenericKubernetesResource object) {
        return Marks.has(object, Marks.RECONCILE, "disabled") || Marks.has(object, Marks.SSA, "Ignore");
    }

    private boolean isOnlyCreated(GenericKubernetesResource object) {
        return Marks.has(object, Marks.SSA, "IfNotPresent");
    }

    private String action(GenericKubernetesResource object, ObjectRef ref, @Nullable GenericKubernetesResource live)
            throws Refused {
        try {
            GenericKubernetesResource wouldBe = state.dryRunApply(object, manager, true);
            if (live == null) {
                return "created";
            }
            return declared(live).equals(declared(wouldBe)) ? "unchanged" : "configured";
        } catch (KubernetesClientException e) {
            boolean mayReplace = force || Marks.has(object, Marks.FORCE, "enabled");
            if (live != null && mayReplace && isImmutable(e)) {
                state.delete(ref);
                return "created";
            }
            throw new Refused(Marks.words(object) + " dry-run failed" + reason(e) + ": " + message(e));
        }
    }

    private static boolean isImmutable(KubernetesClientException e) {
        return e.getCode() == 422 && message(e).contains("immutable");
    }

    private void applyOne(Entry entry) throws Refused {
        try {
            state.apply(entry.object(), manager, true);
        } catch (KubernetesClientException e) {
            throw new Refused(Marks.words(entry.object()) + " apply failed" + reason(e) + ": " + message(e));
        }
    }

    private static String reason(KubernetesClientException e) {
        boolean said = e.getStatus() != null && e.getStatus().getReason() != null;
        return said ? " (" + e.getStatus().getReason() + ")" : "";
    }

    private static String message(KubernetesClientException e) {
        boolean said = e.getStatus() != null && e.getStatus().getMessage() != null;
        return said ? e.getStatus().getMessage() : String.valueOf(e.getMessage());
    }

    /** What can drift: everything but the status and the metadata that the server keeps. */
    private static JsonNode declared(GenericKubernetesResource object) {
        try {
            ObjectNode tree = (ObjectNode) Serialization.jsonMapper().readTree(Serialization.asJson(object));
            JsonNode metadata = tree.get("metadata");
            tree.remove(List.of("metadata", "status"));
            for (String marks : List.of("labels", "annotations")) {
                if (!metadata.path(marks).isEmpty()) {
                    tree.set(marks, metadata.get(marks));
                }
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e); // what was just written as JSON
        }
    }

    /** The API server refused an object. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
