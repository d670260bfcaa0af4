package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Deletes what a Kustomization applied once and no longer declares. */
record Pruning(World world, ObjectRef kustomization) {

    /** What the deletion of the Kustomization takes with it. */
    void everythingOf(Spec spec) {
        String policy = Objects.requireNonNullElse(spec.text("deletionPolicy"), "MirrorPrune");
        boolean delete = switch (policy) {
            case "MirrorPrune" -> spec.flag("prune");
            case "Delete", "WaitForTermination" -> true;
            default -> false;
        };
        if (delete && !spec.flag("suspend")) {
            prune(spec, Inventory.of(spec.object()));
        }
    }

    void prune(Spec spec, List<Inventory.Entry> stale) {
        List<ObjectRef> refs = new ArrayList<>(stale.stream()
                .map(entry -> entry.ref(world.state()))
                .flatMap(Optional::stream)
                .toList());
        refs.sort(
                Comparator.comparing((ObjectRef ref) -> KindOrder.of(ref.kind().kind()))
                        .reversed());
        List<String> deleted = new ArrayList<>();
        for (ObjectRef ref : refs) {
            Optional<GenericKubernetesResource> object = world.state().get(ref).filter(this::isOurs);
            if (object.isPresent() && world.state().delete(ref)) {
                deleted.add(Marks.words(object.get()) + " deleted");
            }
        }
        if (!deleted.isEmpty()) {
            String reason = spec.object().getMetadata().getDeletionTimestamp() == null
                    ? "Progressing"
                    : "ReconciliationSucceeded";
            world.state().event(spec.object(), "Normal", reason, String.join("\n", deleted), KustomizeController.NAME);
        }
    }

    private boolean isOurs(GenericKubernetesResource object) {
        Map<String, String> labels =
                Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.<String, String>of());
        return kustomization.name().equals(labels.get(Marks.NAME))
                && Objects.equals(kustomization.namespace(), labels.get(Marks.NAMESPACE))
                && !Marks.has(object, Marks.PRUNE, "disabled")
                && !Marks.has(object, Marks.RECONCILE, "disabled");
    }
}
