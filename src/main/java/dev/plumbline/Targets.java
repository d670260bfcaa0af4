package dev.plumbline;

import dev.plumbline.action.FluxInstall;
import dev.plumbline.action.Ledger;
import dev.plumbline.action.Sweep;
import dev.plumbline.cluster.K3sImage;
import dev.plumbline.cluster.K3sTarget;
import dev.plumbline.cluster.Kubeconfig;
import dev.plumbline.cluster.KubeconfigTarget;
import dev.plumbline.cluster.TargetChoice;
import dev.plumbline.cluster.TargetUnavailable;
import dev.plumbline.run.BadInput;
import dev.plumbline.run.Opened;
import dev.plumbline.run.Prepared;
import dev.plumbline.simulation.SimulatedCluster;
import dev.plumbline.simulation.SimulatedSystem;
import dev.plumbline.simulation.system.exporter.ExporterSystem;
import dev.plumbline.simulation.system.flux.FluxSystem;
import dev.plumbline.simulation.system.grafana.GrafanaSystem;
import dev.plumbline.simulation.system.minio.MinioSystem;
import dev.plumbline.simulation.system.postgres.PostgresSystem;
import dev.plumbline.simulation.system.prometheus.PrometheusSystem;
import dev.plumbline.simulation.system.qdrant.QdrantSystem;
import dev.plumbline.simulation.system.redis.RedisSystem;
import dev.plumbline.simulation.system.velero.VeleroSystem;
import dev.plumbline.timing.WallClock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Opens the target that the options ask for. */
final class Targets {

    /** Flux needs definitions and rights for the whole cluster, and its own namespace may be somebody's at work. */
    private static final FluxInstall FOREIGN = FluxInstall.missing(
            "Flux is not installed in a cluster that was there before the run: --target k3s judges it");

    private final TargetOptions options;
    private final Prepared prepared;
    private final String runId = UUID.randomUUID().toString().substring(0, 8).toLowerCase(Locale.ROOT);

    Targets(TargetOptions options, Prepared prepared) {
        this.options = options;
        this.prepared = prepared;
    }

    /** @throws BadInput for a target that cannot be had as asked; nothing has been created then */
    Opened open() throws InterruptedException {
        try {
            return switch (options.target()) {
                case SIMULATED -> simulated("--target simulated was given");
                case K3S -> k3s("--target k3s was given");
                case KUBECONFIG -> kubeconfig();
                case AUTO -> auto();
            };
        } catch (TargetUnavailable e) {
            throw new BadInput(e.getMessage());
        }
    }

    private Opened auto() throws InterruptedException {
        TargetChoice choice = TargetChoice.auto(image());
        return choice.target().equals("k3s") ? k3s("auto: " + choice.reason()) : simulated("auto: " + choice.reason());
    }

    private K3sImage image() {
        return new K3sImage(options.k3sImage().orElse(K3sImage.DEFAULT_NAME), options.k3sImages());
    }

    private Opened k3s(String why) throws InterruptedException {
        FluxInstall flux = FluxManifest.read(options.fluxInstall());
        return Opened.throwaway(K3sTarget.start(image(), runId), why, runId, flux);
    }

    private Opened kubeconfig() throws InterruptedException {
        FluxManifest.read(options.fluxInstall());
        Kubeconfig kubeconfig = Kubeconfig.of(options.kubeconfig(), options.context());
        KubeconfigTarget target =
                KubeconfigTarget.open(kubeconfig, prepared.profiles().all(), options.allowWrites(), runId);
        String why = "--target kubeconfig was given";
        if (!options.allowWrites()) {
            return new Opened(target, why, runId, FOREIGN, new Ledger(), Sweep.Swept.NOTHING);
        }
        Sweep.Swept swept = new Sweep(target, options.ledger()).sweep(runId, false);
        return new Opened(target, why, runId, FOREIGN, Ledger.lasting(target, runId, options.ledger()), swept);
    }

    private Opened simulated(String why) {
        SimulatedCluster cluster = new SimulatedCluster(systems(), new WallClock().instant(), Set.of());
        FluxInstall flux = FluxInstall.of(dev.plumbline.simulation.system.flux.FluxInstall.objects(), "the simulation");
        return Opened.throwaway(cluster, why, runId, flux);
    }

    private static List<SimulatedSystem> systems() {
        return List.of(
                new FluxSystem(),
                new PrometheusSystem(),
                new ExporterSystem(),
                new GrafanaSystem(),
                new RedisSystem(),
                new QdrantSystem(),
                new MinioSystem(),
                new VeleroSystem(),
                new PostgresSystem());
    }
}
