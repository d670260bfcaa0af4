package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.system.exporter.Kubelet;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends requests as the pod that it runs in; {@code localhost} is a container of that pod. */
final class Dialer {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final World world;
    private final Pod pod;
    private final Program self;

    Dialer(World world, Pod pod, Program self) {
        this.world = world;
        this.pod = pod;
        this.self = self;
    }

    /** No answer; the message is what Prometheus would show. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final String message;

        Failed(String message) {
            super(message);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }

    Program.Reply get(URI url, Optional<String> authorization) throws Failed {
        Map<String, String> headers = new HashMap<>();
        headers.put("accept", "text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
        authorization.ifPresent(value -> headers.put("authorization", value));
        return send(url, new Program.Request("GET", path(url), headers, new byte[0]));
    }

    private static String path(URI url) {
        return url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
    }

    Program.Reply send(URI url, Program.Request request) throws Failed {
        int port = url.getPort() > 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
        if (LOOPBACK.contains(url.getHost())) {
            return local(port)
                    .map(program -> program.answer(port, request))
                    .orElseThrow(
                            () -> failed(url, request, "dial tcp 127.0.0.1:" + port + ": connect: connection refused"));
        }
        Optional<Program.Reply> kubelet = new Kubelet(world)
                .answer(url.getHost(), port, url.getPath(), request.headers().containsKey("authorization"));
        if (kubelet.isPresent()) {
            return kubelet.get();
        }
        try {
            return world.send(pod.getMetadata().getNamespace(), url.getHost(), port, request);
        } catch (World.Refused e) {
            String why = String.valueOf(e.getMessage());
            throw failed(url, request, why.startsWith("dial") ? why : "dial tcp: " + why);
        }
    }

    private static Failed failed(URI url, Program.Request request, String why) {
        String method = request.method().equals("GET") ? "Get" : "Post";
        return new Failed(method + " \"" + url + "\": " + why);
    }

    private Optional<Program> local(int port) {
        if (self.listens(port)) {
            return Optional.of(self);
        }
        return pod.getSpec().getContainers().stream()
                .map(Container::getName)
                .flatMap(name -> world.program(pod, name).stream())
                .filter(program -> program.listens(port))
                .findFirst();
    }
}
