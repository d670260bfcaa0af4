package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.OptionalInt;

/** The init container that a restored pod waits in until the node-agent has filled its volumes. */
final class RestoreHelperImage implements ImageModel {

    @Override
    public boolean runs(String image) {
        return image.matches("(?:[^\\s/]+/)*velero/velero-restore-helper(?:[:@].*)?");
    }

    @Override
    public Program start(Start start) throws StartFailure {
        List<String> arguments = start.container().getArgs();
        if (arguments.size() != 1) {
            throw new StartFailure(1, "ERROR: exactly one argument must be provided, the restore's UID\n");
        }
        List<String> volumes = start.container().getVolumeMounts().stream()
                .map(VolumeMount::getMountPath)
                .filter(path -> path.startsWith("/restores/"))
                .toList();
        return new Waiting(start.files(), volumes, arguments.get(0));
    }

    /** Ends once each volume holds the mark of this restore, and takes the marks away. */
    private static final class Waiting implements Program {
        private final Files files;
        private final List<String> volumes;
        private final String restore;
        private boolean done;

        Waiting(Files files, List<String> volumes, String restore) {
            this.files = files;
            this.volumes = volumes;
            this.restore = restore;
        }

        @Override
        public synchronized OptionalInt exitCode() {
            if (!done
                    && volumes.stream()
                            .allMatch(volume ->
                                    files.read(volume + "/.velero/" + restore).isPresent())) {
                volumes.forEach(volume -> files.delete(volume + "/.velero"));
                done = true;
            }
            return done ? OptionalInt.of(0) : OptionalInt.empty();
        }

        @Override
        public boolean listens(int port) {
            return false;
        }

        @Override
        public Reply answer(int port, Request request) {
            throw new IllegalStateException("nobody listens on port " + port);
        }

        @Override
        public CommandResult run(String command) throws Target.CommandNotRun {
            throw new Target.CommandNotRun(
                    "not simulated: running \"" + command + "\" in Velero's restore helper", true);
        }

        @Override
        public String log() {
            return done ? "All restic restores are done\n" : "The filesystem restore done file is not found yet\n";
        }

        @Override
        public void close() {
            // the volumes keep what was restored
        }
    }
}
