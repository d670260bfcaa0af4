package dev.plumbline.simulation.system.exporter;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.SimulatedSystem;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.system.Images;
import java.util.List;
import java.util.function.Function;

/** The exporters: node-exporter, redis_exporter, postgres-exporter and kube-state-metrics. */
public final class ExporterSystem implements SimulatedSystem {

    @Override
    public List<ImageModel> images() {
        return List.of(
                new Image("prom/node-exporter", NodeExporter::start),
                new Image("oliver006/redis_exporter", RedisExporter::start),
                new Image("prometheuscommunity/postgres-exporter", PostgresExporter::start),
                new Image("kube-state-metrics/kube-state-metrics", KubeStateMetrics::start));
    }

    @Override
    public void start(World world) {
        // Each exporter looks when it is asked.
    }

    private record Image(String repository, Function<Start, Program> program) implements ImageModel {
        @Override
        public boolean runs(String image) {
            return Images.is(image, repository);
        }

        @Override
        public Program start(Start start) {
            return program.apply(start);
        }
    }
}
