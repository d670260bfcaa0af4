package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.ImageModel.Start;
import dev.plumbline.simulation.ImageModel.StartFailure;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.shell.Shell;
import dev.plumbline.simulation.system.Images;
import dev.plumbline.simulation.system.exporter.MetricTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;

/** A running Qdrant. */
final class QdrantServer implements Program {

    private final Start start;
    private final Settings settings;
    private final QdrantApi api;
    private final String version;
    private final Instant started;
    private final MetricTable table = MetricTable.of("qdrant");
    private final String log;
    private final Shell shell;

    private QdrantServer(Start start, Settings settings) {
        this.start = start;
        this.settings = settings;
        this.shell = Shell.of(start);
        this.version = Images.version(start.container().getImage(), "1.15.5");
        this.started = start.world().clock().instant();
        Collections collections = new Collections(start.files(), settings.storage());
        this.api = new QdrantApi(
                collections,
                new GrpcApi(collections, version),
                new SnapshotsApi(
                        start.files(),
                        collections,
                        settings.snapshots(),
                        start.world().clock()));
        this.log = log(collections);
    }

    static QdrantServer start(Start start) throws StartFailure {
        return new QdrantServer(start, Settings.read(start));
    }

    private String log(Collections collections) {
        StringBuilder text = new StringBuilder();
        collections.names().forEach(name -> line(text, "storage::content_manager::toc", "Loading collection: " + name));
        line(text, "qdrant", "Distributed mode disabled");
        line(text, "qdrant::actix", "Qdrant HTTP listening on " + settings.httpPort());
        line(text, "qdrant::tonic", "Qdrant gRPC listening on " + settings.grpcPort());
        return text.toString();
    }

    private void line(StringBuilder text, String module, String message) {
        text.append(started)
                .append("  INFO ")
                .append(module)
                .append(": ")
                .append(message)
                .append('\n');
    }

    @Override
    public boolean listens(int port) {
        return port == settings.httpPort() || port == settings.grpcPort();
    }

    @Override
    public Reply answer(int port, Request request) {
        if (port == settings.grpcPort()) {
            return api.byGrpc(request, settings.allows(request.headers(), true));
        }
        Route route = Route.of(request);
        switch (route.word(0)) {
            case "healthz", "livez":
                return Answers.text(200, "healthz check passed");
            case "readyz":
                return Answers.text(200, "all shards are ready");
            case "":
                return Answers.json(200, title());
            default:
                return allowed(route, request);
        }
    }

    private Reply allowed(Route route, Request request) {
        if (!settings.allows(request.headers(), route.reads())) {
            return Answers.text(
                    401,
                    Settings.key(request.headers()).isEmpty()
                            ? "Must provide an API key or an Authorization bearer token"
                            : "Invalid API key or JWT");
        }
        return switch (route.word(0)) {
            case "metrics" -> metrics();
            case "telemetry" -> telemetry();
            default -> api.answer(route, request);
        };
    }

    private ObjectNode title() {
        return Answers.object()
                .put("title", "qdrant - vector search engine")
                .put("version", version)
                .put("commit", "simulated");
    }

    private Reply metrics() {
        double seconds =
                Duration.between(started, start.world().clock().instant()).toMillis() / 1000.0;
        Map<String, Double> numbers = Map.of("collections", (double) api.size(), "vectors", (double) api.vectors());
        return MetricTable.reply(table.page(seconds, numbers, Map.of("version", version)) + api.pointsMetric());
    }

    private Reply telemetry() {
        ObjectNode result = Answers.object().put("id", start.pod().getMetadata().getUid());
        result.putObject("app").put("name", "qdrant").put("version", version);
        result.putObject("collections").put("number_of_collections", api.size());
        return Answers.ok(result);
    }

    @Override
    public CommandResult run(String command) throws Target.CommandNotRun {
        return shell.run(command);
    }

    @Override
    public String log() {
        return log;
    }

    @Override
    public OptionalInt exitCode() {
        return OptionalInt.empty();
    }

    @Override
    public void close() {
        // What matters is in its files already.
    }
}
