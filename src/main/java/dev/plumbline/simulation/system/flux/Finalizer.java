package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;

/** Flux's hold on its objects: they are only gone once the controller has let go. */
final class Finalizer {

    private Finalizer() {}

    static void add(World world, ObjectRef ref, GenericKubernetesResource object) {
        if (object.getMetadata().getFinalizers().contains(Flux.FINALIZER)) {
            return;
        }
        world.state().edit(ref, live -> {
            List<String> finalizers = new ArrayList<>(live.getMetadata().getFinalizers());
            finalizers.add(Flux.FINALIZER);
            live.getMetadata().setFinalizers(finalizers);
            return live;
        });
    }

    /** Lets go of an object that is being deleted; false when it is not. */
    static boolean removed(World world, ObjectRef ref, GenericKubernetesResource object) {
        if (object.getMetadata().getDeletionTimestamp() == null) {
            return false;
        }
        world.state().edit(ref, live -> {
            List<String> finalizers = new ArrayList<>(live.getMetadata().getFinalizers());
            finalizers.remove(Flux.FINALIZER);
            live.getMetadata().setFinalizers(finalizers);
            return live;
        });
        return true;
    }
}
