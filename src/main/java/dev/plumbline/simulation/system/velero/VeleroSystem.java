package dev.plumbline.simulation.system.velero;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.SimulatedSystem;
import dev.plumbline.simulation.World;
import java.util.List;

/** Velero 1.14: a server and node-agents that work as long as their containers do. */
public final class VeleroSystem implements SimulatedSystem {

    private final NodeAgents agents = new NodeAgents();

    @Override
    public List<ImageModel> images() {
        return List.of(new VeleroImage(agents), new PluginImage(), new RestoreHelperImage());
    }

    @Override
    public void start(World world) {
        // everything begins with a container of the server
    }
}
