package dev.plumbline.action;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;

/**
 * The objects that install Flux, or why there are none.
 *
 * @param source where they come from, for the report: a file's name, a release, the simulation
 * @param missing present when Flux cannot be had, naming what is missing
 */
public record FluxInstall(List<GenericKubernetesResource> objects, String source, Optional<String> missing) {

    public FluxInstall {
        objects = List.copyOf(objects);
    }

    public static FluxInstall of(List<GenericKubernetesResource> objects, String source) {
        return new FluxInstall(objects, source, Optional.empty());
    }

    public static FluxInstall missing(String why) {
        return new FluxInstall(List.of(), "nowhere", Optional.of(why));
    }
}
