package dev.plumbline.simulation.node;

import dev.plumbline.simulation.ImageModel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The images of the simulation: which model runs which, which cannot be pulled, and which a node has already. */
final class Images {

    private final List<ImageModel> models;
    private final Set<String> missing;
    private final Set<String> pulled = new HashSet<>();

    /** @param models the first that runs an image is taken */
    Images(List<ImageModel> models, Set<String> missing) {
        this.models = List.copyOf(models);
        this.missing = Set.copyOf(missing);
    }

    Optional<ImageModel> model(String image) {
        return models.stream().filter(model -> model.runs(image)).findFirst();
    }

    boolean missing(String image) {
        return missing.contains(image);
    }

    boolean onNode(String node, String image) {
        return pulled.contains(node + " " + image);
    }

    void pulled(String node, String image) {
        pulled.add(node + " " + image);
    }
}
