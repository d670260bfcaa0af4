package dev.plumbline.simulation.system;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.World;
import dev.plumbline.timing.Bell;
import dev.plumbline.timing.VirtualClock;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A cluster of a few maps: objects, addresses and files as a test puts them. */
public final class TinyWorld implements World, ClusterState {

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"), () -> {});
    private final List<HasMetadata> objects = new ArrayList<>();
    private final Map<String, Program> addresses = new HashMap<>();
    private final Map<String, Files> files = new HashMap<>();

    public TinyWorld with(HasMetadata object) {
        objects.add(object);
        return this;
    }

    /** Makes a program answer under {@code host}, on the ports that it listens on. */
    public void serve(String host, Program program) {
        addresses.put(host, program);
    }

    public void unserve(String host) {
        addresses.remove(host);
    }

    /** Lets virtual time pass. */
    public void pass(Duration time) throws InterruptedException {
        clock.await(new Bell(), clock.instant().plus(time));
    }

    /** What a container of an image gets to start with. */
    public ImageModel.Start start(
            String image, List<String> args, Map<String, String> env, Files itsFiles, List<String> mounts) {
        ContainerBuilder container =
                new ContainerBuilder().withName("main").withImage(image).withArgs(args);
        mounts.forEach(
                mount -> container.addNewVolumeMount().withMountPath(mount).endVolumeMount());
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("pod")
                .withNamespace("ns")
                .withUid("uid")
                .endMetadata()
                .withNewSpec()
                .withContainers(container.build())
                .endSpec()
                .withNewStatus()
                .withPodIP("10.0.0.9")
                .endStatus()
                .build();
        return new ImageModel.Start(pod, container.build(), env, itsFiles, this);
    }

    public static Program.Reply get(Program program, int port, String path) {
        return send(program, port, "GET", path, "");
    }

    public static Program.Reply send(Program program, int port, String method, String path, String body) {
        Map<String, String> headers = Map.of("content-type", "application/json");
        return program.answer(port, new Program.Request(method, path, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    public static String text(Program.Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @Override
    public ClusterState state() {
        return this;
    }

    @Override
    public VirtualClock clock() {
        return clock;
    }

    @Override
    public Program.Reply send(String fromNamespace, String host, int port, Program.Request request) throws Refused {
        Program program = addresses.get(host);
        if (program == null || !program.listens(port)) {
            throw new Refused("connect " + host + ":" + port + ": connection refused");
        }
        return program.answer(port, request);
    }

    @Override
    public Optional<Program> program(Pod pod, String container) {
        return Optional.ofNullable(addresses.get(pod.getStatus().getPodIP()));
    }

    @Override
    public Optional<Files> files(Pod pod, String container) {
        return Optional.ofNullable(files.get(pod.getMetadata().getName()));
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> type, @Nullable String namespace, String name) {
        return list(type, namespace).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }

    @Override
    public <T extends HasMetadata> List<T> list(Class<T> type, @Nullable String namespace) {
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(object -> namespace == null
                        || namespace.equals(object.getMetadata().getNamespace()))
                .toList();
    }

    @Override
    public Optional<GenericKubernetesResource> get(ObjectRef ref) {
        throw new UnsupportedOperationException("get " + ref);
    }

    @Override
    public List<GenericKubernetesResource> list(Kind kind, @Nullable String namespace) {
        throw new UnsupportedOperationException("list " + kind);
    }

    @Override
    public <T extends HasMetadata> T create(T object) {
        throw new UnsupportedOperationException("create");
    }

    @Override
    public GenericKubernetesResource apply(HasMetadata object, String fieldManager, boolean force) {
        throw new UnsupportedOperationException("apply");
    }

    @Override
    public GenericKubernetesResource dryRunApply(HasMetadata object, String fieldManager, boolean force) {
        throw new UnsupportedOperationException("dry run");
    }

    @Override
    public <T extends HasMetadata> Optional<T> edit(
            Class<T> type, @Nullable String namespace, String name, UnaryOperator<T> editor) {
        throw new UnsupportedOperationException("edit");
    }

    @Override
    public <T extends HasMetadata> Optional<T> editStatus(
            Class<T> type, @Nullable String namespace, String name, UnaryOperator<T> editor) {
        throw new UnsupportedOperationException("edit");
    }

    @Override
    public Optional<GenericKubernetesResource> edit(ObjectRef ref, UnaryOperator<GenericKubernetesResource> editor) {
        throw new UnsupportedOperationException("edit");
    }

    @Override
    public Optional<GenericKubernetesResource> editStatus(
            ObjectRef ref, UnaryOperator<GenericKubernetesResource> editor) {
        throw new UnsupportedOperationException("edit");
    }

    @Override
    public boolean delete(ObjectRef ref) {
        throw new UnsupportedOperationException("delete");
    }

    @Override
    public Probe.Subscription onChange(Consumer<Change> listener) {
        throw new UnsupportedOperationException("watch");
    }

    @Override
    public void event(HasMetadata about, String type, String reason, String message, String component) {}

    @Override
    public Optional<Kind> kind(String apiVersion, String kind) {
        return Optional.empty();
    }

    /** Files in a map. */
    public static final class MemoryFiles implements Files {
        private final TreeMap<String, byte[]> content = new TreeMap<>();

        public MemoryFiles with(String path, String text) {
            content.put(path, text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(content.get(path));
        }

        @Override
        public void write(String path, byte[] bytes) {
            content.put(path, bytes);
        }

        @Override
        public void delete(String path) {
            content.keySet().removeIf(each -> each.equals(path) || each.startsWith(path + "/"));
        }

        @Override
        public List<String> list(String directory) {
            return content.keySet().stream()
                    .filter(each -> each.equals(directory) || each.startsWith(directory + "/"))
                    .toList();
        }
    }

    /** A program that shows one page on one port. */
    public static final class Page implements Program {
        private final int port;
        private volatile String text;

        public Page(int port, String text) {
            this.port = port;
            this.text = text;
        }

        public void show(String page) {
            text = page;
        }

        @Override
        public boolean listens(int asked) {
            return asked == port;
        }

        @Override
        public Reply answer(int asked, Request request) {
            return new Reply(200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public dev.plumbline.cluster.CommandResult run(String command) {
            throw new UnsupportedOperationException(command);
        }

        @Override
        public String log() {
            return "";
        }

        @Override
        public java.util.OptionalInt exitCode() {
            return java.util.OptionalInt.empty();
        }

        @Override
        public void close() {}
    }
}
