package dev.plumbline.simulation.system.minio;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.shell.Shell;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/** A running server: the S3 port with its health paths, and a console port that only answers. */
final class MinioProgram implements Program {

    private static final int API = 9000;

    private final S3 s3;
    private final Optional<Integer> console;
    private final Shell shell;

    MinioProgram(S3 s3, Optional<Integer> console, Shell shell) {
        this.s3 = s3;
        this.console = console;
        this.shell = shell;
    }

    @Override
    public boolean listens(int port) {
        return port == API || console.filter(it -> it == port).isPresent();
    }

    @Override
    public synchronized Reply answer(int port, Request request) {
        if (port != API) {
            return new Reply(
                    200, "text/html", "<!doctype html><title>MinIO Console</title>".getBytes(StandardCharsets.UTF_8));
        }
        if (request.path().matches("/minio/health/(?:live|ready|cluster|cluster/read)(?:\\?.*)?")) {
            return new Reply(200, "text/plain", new byte[0]);
        }
        return s3.answer(request);
    }

    @Override
    public CommandResult run(String command) throws Target.CommandNotRun {
        return shell.run(command);
    }

    @Override
    public String log() {
        return "MinIO Object Storage Server\nAPI: http://127.0.0.1:" + API + "\n";
    }

    @Override
    public OptionalInt exitCode() {
        return OptionalInt.empty();
    }

    @Override
    public void close() {
        // everything lies in the files
    }
}
