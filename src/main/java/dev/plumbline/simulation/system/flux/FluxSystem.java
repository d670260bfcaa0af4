package dev.plumbline.simulation.system.flux;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.SimulatedSystem;
import dev.plumbline.simulation.World;
import java.util.List;

/**
 * Flux: source-controller, kustomize-controller and helm-controller work while one of their containers runs;
 * notification-controller only runs.
 */
public final class FluxSystem implements SimulatedSystem {

    private final Running source = new Running();
    private final Running kustomize = new Running();
    private final Running helm = new Running();
    private final Artifacts artifacts = new Artifacts();

    @Override
    public List<ImageModel> images() {
        return List.of(
                new FluxImage("source-controller", source),
                new FluxImage("kustomize-controller", kustomize),
                new FluxImage("helm-controller", helm),
                new FluxImage("notification-controller", new Running()));
    }

    @Override
    public void start(World world) {
        source.onEnd(artifacts::clear);
        new SourceController(world, source, artifacts).start();
        new KustomizeController(world, kustomize, artifacts, new KustomizeRenderer()).start();
        new HelmController(world, helm, artifacts).start();
    }
}
