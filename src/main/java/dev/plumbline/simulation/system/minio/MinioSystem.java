package dev.plumbline.simulation.system.minio;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.SimulatedSystem;
import dev.plumbline.simulation.World;
import java.util.List;

/** MinIO with one drive: buckets are directories, objects are files below them. */
public final class MinioSystem implements SimulatedSystem {

    @Override
    public List<ImageModel> images() {
        return List.of(new MinioImage());
    }

    @Override
    public void start(World world) {
        // the server is all there is, and it lives in its container
    }
}
