package dev.plumbline.simulation.system.grafana;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.SimulatedSystem;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.system.Images;
import java.util.List;

/** Grafana: the images {@code grafana/grafana} and {@code grafana/grafana-oss}. */
public final class GrafanaSystem implements SimulatedSystem {

    @Override
    public List<ImageModel> images() {
        return List.of(new Image());
    }

    @Override
    public void start(World world) {
        // Each server works for itself from the start of its container.
    }

    private static final class Image implements ImageModel {
        @Override
        public boolean runs(String image) {
            return Images.is(image, "grafana/grafana") || Images.is(image, "grafana/grafana-oss");
        }

        @Override
        public Program start(Start start) throws StartFailure {
            return GrafanaServer.start(start);
        }
    }
}
