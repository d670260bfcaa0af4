package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.SimulatedSystem;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.system.Images;
import java.util.List;

/** Prometheus: the image {@code prom/prometheus}. */
public final class PrometheusSystem implements SimulatedSystem {

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
            return Images.is(image, "prom/prometheus");
        }

        @Override
        public Program start(Start start) throws StartFailure {
            return PrometheusServer.start(start);
        }
    }
}
