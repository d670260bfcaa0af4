package dev.plumbline;

import dev.plumbline.cluster.K3sImage;
import dev.plumbline.cluster.K3sTarget;
import dev.plumbline.report.ConsoleReport;
import dev.plumbline.run.Prepared;
import java.util.Locale;
import java.util.UUID;

/** Opens the target that the options ask for. */
final class Targets {

    private final TargetOptions options;
    private final Prepared prepared;
    private final ConsoleReport console;
    private final String runId = UUID.randomUUID().toString().substring(0, 8).toLowerCase(Locale.ROOT);

    Targets(TargetOptions options, Prepared prepared, ConsoleReport console) {
        this.options = options;
        this.prepared = prepared;
        this.console = console;
    }

    Opened open() throws InterruptedException {
        return k3s("--target k3s");
    }

    private Opened k3s(String why) throws InterruptedException {
        var flux = FluxManifest.read(options.fluxInstall());
        K3sImage image = new K3sImage(options.k3sImage().orElse(K3sImage.DEFAULT_NAME), options.k3sImages());
        return new Opened(K3sTarget.start(image, runId), why, runId, flux);
    }
}
