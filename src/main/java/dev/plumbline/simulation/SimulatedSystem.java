package dev.plumbline.simulation;

import java.util.List;

/**
 * A named system of the simulation: the images it models, and controllers that work while its own workload is ready
 * (Flux's while the controllers' Deployments are available, Velero's while its server runs).
 */
public interface SimulatedSystem {

    /** The images that this system models. */
    List<ImageModel> images();

    /** Called once when the cluster starts; the system listens and schedules on the world from then on. */
    void start(World world);
}
