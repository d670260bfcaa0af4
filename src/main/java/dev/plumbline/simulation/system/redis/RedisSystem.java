package dev.plumbline.simulation.system.redis;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.SimulatedSystem;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.system.Images;
import java.util.List;

/** Redis: the image {@code redis}. */
public final class RedisSystem implements SimulatedSystem {

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
            return Images.is(image, "redis") && !Images.is(image, "bitnami/redis");
        }

        @Override
        public Program start(Start start) throws StartFailure {
            return RedisServer.start(start);
        }
    }
}
