package dev.plumbline.simulation.system.exporter;

import dev.plumbline.simulation.ImageModel.Start;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.shell.Shell;
import dev.plumbline.simulation.system.Images;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** node-exporter: the table's machine, running since an hour before its node joined. */
final class NodeExporter {

    private static final Duration UP_BEFORE = Duration.ofHours(1);
    /** What a collector's metrics begin with. */
    private static final Map<String, String> COLLECTORS = Map.of(
            "cpu", "node_cpu_",
            "diskstats", "node_disk_",
            "filesystem", "node_filesystem_",
            "meminfo", "node_memory_",
            "netdev", "node_network_");

    private final MetricTable table = MetricTable.of("go-process", "node");
    private final Start start;
    private final Instant started;
    private final Instant boot;
    private final Options options;

    private NodeExporter(Start start) {
        this.start = start;
        this.options = new Options(start);
        this.started = start.world().clock().instant();
        this.boot = node().map(node -> node.getMetadata().getCreationTimestamp())
                .map(Instant::parse)
                .orElse(started)
                .minus(UP_BEFORE);
    }

    static Program start(Start start) {
        int port = new Options(start).port(9100);
        String version = Images.version(start.container().getImage(), "1.9.0");
        String log = "level=INFO msg=\"Starting node_exporter\" version=\"(version=" + version + ")\"\n"
                + "level=INFO msg=\"Listening on\" address=[::]:" + port + "\n";
        Map<String, String> pages = Map.of("/", "<html><head><title>Node Exporter</title></head></html>\n");
        return new ExporterProgram(port, new NodeExporter(start)::page, pages, log, Optional.of(Shell.of(start)));
    }

    private Optional<Node> node() {
        String name = start.pod().getSpec().getNodeName();
        return name == null ? Optional.empty() : world().state().get(Node.class, null, name);
    }

    private World world() {
        return start.world();
    }

    private String page() {
        Instant now = world().clock().instant();
        Optional<NodeSystemInfo> info = node().map(Node::getStatus).map(status -> status.getNodeInfo());
        Map<String, String> texts = new HashMap<>();
        texts.put("node", node().map(node -> node.getMetadata().getName()).orElse("node"));
        texts.put("machine", info.map(each -> machine(each.getArchitecture())).orElse("x86_64"));
        texts.put("kernel", info.map(NodeSystemInfo::getKernelVersion).orElse("6.12.0"));
        texts.put("version", Images.version(start.container().getImage(), "1.9.0"));
        return without(table.page(
                Duration.between(boot, now).toMillis() / 1000.0,
                Map.of("now", seconds(now), "boot", seconds(boot), "start", seconds(started)),
                texts));
    }

    /** The page less what the collectors would show that are switched off. */
    private String without(String page) {
        List<String> off = COLLECTORS.keySet().stream()
                .filter(collector ->
                        options.get("no-collector." + collector, "false").equals("true"))
                .map(COLLECTORS::get)
                .toList();
        return off.isEmpty()
                ? page
                : page.lines()
                        .filter(line -> off.stream().noneMatch(line.replaceFirst("^# TYPE ", "")::startsWith))
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The kernel's word for an architecture of Kubernetes. */
    private static String machine(String architecture) {
        return "arm64".equals(architecture) ? "aarch64" : "x86_64";
    }

    static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }
}
