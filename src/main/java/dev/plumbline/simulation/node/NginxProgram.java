package dev.plumbline.simulation.node;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.shell.HttpFiles;
import dev.plumbline.simulation.shell.Shell;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Serves files as its configuration says, and logs each request. */
final class NginxProgram implements Program {

    private static final String HTML = "/usr/share/nginx/html";
    private static final String WELCOME =
            "<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n</head>\n<body>\n"
                    + "<h1>Welcome to nginx!</h1>\n</body>\n</html>\n";

    private final Files files;
    private final Shell shell;
    private final NginxConfig config;
    private final StringBuffer log = new StringBuffer();

    NginxProgram(ImageModel.Start start, int port) throws ImageModel.StartFailure {
        this.files = start.files();
        this.shell = Shell.of(start);
        if (!files.directory(HTML)) {
            files.write(HTML + "/index.html", WELCOME.getBytes(StandardCharsets.UTF_8));
        }
        this.config = NginxConfig.read(files, HTML, port);
    }

    @Override
    public boolean listens(int port) {
        return config.server(port).isPresent();
    }

    @Override
    public Reply answer(int port, Request request) {
        NginxConfig.Server server = config.server(port).orElseThrow();
        NginxConfig.Location location = server.location(request.path());
        Reply reply = location.code() > 0
                ? new Reply(
                        location.code(),
                        location.type().isEmpty() ? "application/octet-stream" : location.type(),
                        location.text().getBytes(StandardCharsets.UTF_8))
                : new HttpFiles(files, location.root()).find(request.path()).orElseGet(NginxProgram::notFound);
        log.append(request.method() + " " + request.path() + " " + reply.status() + "\n");
        return reply;
    }

    private static Reply notFound() {
        String page =
                "<html>\n<head><title>404 Not Found</title></head>\n<body>\n<center><h1>404 Not Found</h1></center>\n"
                        + "<hr><center>nginx</center>\n</body>\n</html>\n";
        return new Reply(404, "text/html", page.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public CommandResult run(String command) throws Target.CommandNotRun {
        return shell.run(command);
    }

    @Override
    public String log() {
        return log.toString();
    }

    @Override
    public OptionalInt exitCode() {
        return OptionalInt.empty();
    }

    @Override
    public void close() {}
}
