package dev.plumbline.simulation.system.postgres;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.SimulatedSystem;
import dev.plumbline.simulation.World;
import java.util.List;

/** PostgreSQL: a server that keeps its data in its container's files, and psql, pg_isready and pg_dump beside it. */
public final class PostgresSystem implements SimulatedSystem {

    @Override
    public List<ImageModel> images() {
        return List.of(new PostgresImage());
    }

    @Override
    public void start(World world) {
        // the server is all there is, and it lives in its container
    }
}
