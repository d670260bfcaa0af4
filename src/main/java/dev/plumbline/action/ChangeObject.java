package dev.plumbline.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cluster.Access;
import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.NotMeasured;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A change by hand, as somebody with kubectl makes it: one field, a deletion. */
public final class ChangeObject {

    /** Flux takes a change for one by hand, and reverts it, when its manager's name begins with kubectl. */
    static final String MANAGER = "kubectl-edit-plumbline";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final java.util.Set<String> TEXT_MAPS = java.util.Set.of(
            "data", "stringData", "annotations", "labels", "matchLabels", "nodeSelector", "parameters");

    private final Target target;
    private final Ledger ledger;
    private final Written written;
    private final Map<ObjectRef, GenericKubernetesResource> originals = new LinkedHashMap<>();

    public ChangeObject(Target target, Ledger ledger) {
        this.target = target;
        this.ledger = ledger;
        this.written = new Written(target, ledger);
    }

    /** Sets a field; the value takes the type of the one it replaces. Returns what the field was, as text. */
    public String set(ObjectRef ref, FieldPath path, String value) {
        GenericKubernetesResource before = existing(ref);
        Map<String, Object> tree = JSON.convertValue(before, Map.class);
        Object old = path.in(tree).orElse(null);
        try {
            String patch = JSON.writeValueAsString(patch(tree, path, typed(value, old, path)));
            GenericKubernetesResource after = written.write(
                    Written.undo(ref, Optional.of(before)),
                    () -> written.objects().handle(ref, before).patch(asManualEdit(), patch));
            written.awaitSeen(ref, after);
            originals.putIfAbsent(ref, before);
            return old == null ? "not set" : String.valueOf(old);
        } catch (KubernetesClientException e) {
            throw Refusals.judged("changing " + path + " of", ref, e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON patch does not print as JSON", e);
        }
    }

    /** Takes back the fields that were set, where nobody else has by now. */
    public void takeBack() {
        HandMarks marks = new HandMarks(written);
        originals.forEach(marks::takeOff);
        originals.clear();
    }

    /**
     * Sets and removes fields in one patch; values are taken as they are.
     *
     * @return the object before and after
     * @throws Fault.NotLanded for a field that cannot be removed or set
     */
    Changed change(ObjectRef ref, Map<FieldPath, Object> set, List<FieldPath> remove) {
        GenericKubernetesResource before = existing(ref);
        Map<String, Object> tree = JSON.convertValue(before, Map.class);
        List<Map<String, Object>> operations = new ArrayList<>();
        set.forEach((path, value) -> {
            operations.addAll(patch(tree, path, value));
            Tree.set(tree, path, value, ref.toString());
        });
        remove.forEach(path -> {
            Tree.remove(tree, path, ref.toString());
            operations.add(Map.of("op", "remove", "path", path.pointer()));
        });
        try {
            String patch = JSON.writeValueAsString(operations);
            GenericKubernetesResource after = written.write(
                    Written.undo(ref, Optional.of(before)),
                    () -> written.objects().handle(ref).patch(asManualEdit(), patch));
            written.awaitSeen(ref, after);
            return new Changed(before, after);
        } catch (KubernetesClientException e) {
            throw Refusals.judged("changing", ref, e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON patch does not print as JSON", e);
        }
    }

    record Changed(GenericKubernetesResource before, GenericKubernetesResource after) {}

    /** Deletes an object and returns when looks see it going, not when it is gone. Returns its UID. */
    public String delete(ObjectRef ref) throws InterruptedException {
        GenericKubernetesResource before = existing(ref);
        refuseLoss(ref);
        try {
            written.write(
                    Written.undo(ref, Optional.of(before)),
                    () -> written.objects().handle(ref).delete());
            written.awaitDeletionSeen(ref, before.getMetadata().getUid());
            return before.getMetadata().getUid();
        } catch (KubernetesClientException e) {
            throw Refusals.judged("deleting", ref, e);
        }
    }

    private void refuseLoss(ObjectRef ref) {
        if (ref.kind().kind().equals("PersistentVolumeClaim")
                && target.access() == Access.OWN_NAMESPACES
                && !ledger.holds(ref)) {
            throw new NotMeasured(
                    "with " + ref + " its data would be lost, which no undo brings back: on a cluster that"
                            + " outlives the run only claims that the run made may be deleted");
        }
    }

    private GenericKubernetesResource existing(ObjectRef ref) {
        try {
            return written.objects()
                    .read(ref)
                    .orElseThrow(
                            () -> new NotMeasured(ref + " does not exist, so it cannot be changed: apply it first"));
        } catch (KubernetesClientException e) {
            throw Refusals.judged("reading", ref, e);
        }
    }

    private static PatchContext asManualEdit() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager(MANAGER)
                .build();
    }

    /** A JSON patch that also makes the maps on the way. */
    private static List<Map<String, Object>> patch(Map<String, Object> tree, FieldPath path, Object value) {
        List<Map<String, Object>> operations = new ArrayList<>();
        for (int depth = 1; depth < path.steps().size(); depth++) {
            FieldPath parent = path.first(depth);
            if (parent.in(tree).isEmpty()) {
                operations.add(Map.of("op", "add", "path", parent.pointer(), "value", Map.of()));
            }
        }
        String operation = path.in(tree).isPresent() ? "replace" : "add";
        operations.add(Map.of("op", operation, "path", path.pointer(), "value", value));
        return operations;
    }

    static Object typed(String value, @org.jspecify.annotations.Nullable Object old, FieldPath path) {
        try {
            if (old instanceof Integer || old instanceof Long) {
                return Long.valueOf(value);
            }
            if (old instanceof Number) {
                return Double.valueOf(value);
            }
        } catch (NumberFormatException e) {
            throw new NotMeasured(path + " holds a number, and \"" + value + "\" is none: write a number in the step");
        }
        if (old instanceof Boolean) {
            if (!value.equals("true") && !value.equals("false")) {
                throw new NotMeasured(path + " holds true or false, not \"" + value + "\"");
            }
            return Boolean.valueOf(value);
        }
        if (old instanceof Map || old instanceof List) {
            return tree(value, path);
        }
        return old == null && !ofTexts(path) ? guessed(value) : value;
    }

    /** Maps whose values are always texts. */
    private static boolean ofTexts(FieldPath path) {
        return path.steps().size() > 1
                && TEXT_MAPS.contains(
                        String.valueOf(path.steps().get(path.steps().size() - 2)));
    }

    /** A field that was not set has no type to go by: what looks like a number or a truth value is one. */
    private static Object guessed(String value) {
        if (value.equals("true") || value.equals("false")) {
            return Boolean.valueOf(value);
        }
        return value.matches("-?\\d{1,18}") ? Long.valueOf(value) : value;
    }

    private static Object tree(String value, FieldPath path) {
        try {
            return JSON.readValue(value, Object.class);
        } catch (JsonProcessingException e) {
            throw new NotMeasured(path + " holds a map or list: write its new value as JSON in the step", e);
        }
    }
}
