package dev.plumbline.simulation.node;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.Program;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the probes of a container while it runs: the startup probe first, then liveness and readiness. */
final class Prober {

    private final ContainerRun container;
    private final PodRun pod;
    private final NodeParts parts;
    private final List<VirtualClock.Scheduled> scheduled = new ArrayList<>();
    private int run;

    Prober(ContainerRun container, PodRun pod, NodeParts parts) {
        this.container = container;
        this.pod = pod;
        this.parts = parts;
    }

    void start() {
        run++;
        Probe startup = container.spec().getStartupProbe();
        if (startup == null) {
            startOthers();
        } else {
            begin(startup, new Count("startup"));
        }
    }

    private void startOthers() {
        if (container.spec().getReadinessProbe() != null) {
            begin(container.spec().getReadinessProbe(), new Count("readiness"));
        }
        if (container.spec().getLivenessProbe() != null) {
            begin(container.spec().getLivenessProbe(), new Count("liveness"));
        }
    }

    void stop() {
        run++;
        scheduled.forEach(VirtualClock.Scheduled::cancel);
        scheduled.clear();
    }

    private void begin(Probe probe, Count count) {
        int delay = probe.getInitialDelaySeconds() == null ? 0 : probe.getInitialDelaySeconds();
        schedule(Duration.ofSeconds(delay).plusMillis(100), probe, count);
    }

    private void schedule(Duration delay, Probe probe, Count count) {
        int mine = run;
        scheduled.add(parts.clock().after(delay, () -> {
            if (mine == run && pod.alive()) {
                look(probe, count);
            }
        }));
        if (scheduled.size() > 100) {
            scheduled.subList(0, 50).clear();
        }
    }

    private void look(Probe probe, Count count) {
        int mine = run;
        String failure;
        try {
            failure = failure(probe);
        } catch (Target.CommandNotRun unknown) {
            container.notSimulated(new NotSimulated(count.kind + " probe: " + unknown.getMessage()));
            return;
        }
        count.saw(failure == null);
        if (failure != null) {
            String kind = Character.toUpperCase(count.kind.charAt(0)) + count.kind.substring(1);
            pod.event("Warning", "Unhealthy", kind + " probe failed: " + failure);
        }
        react(probe, count);
        if (mine == run && !(count.kind.equals("startup") && container.face().isUp())) {
            schedule(Duration.ofSeconds(or(probe.getPeriodSeconds(), 10)), probe, count);
        }
    }

    private void react(Probe probe, Count count) {
        boolean good = count.good >= or(probe.getSuccessThreshold(), 1);
        boolean bad = count.bad >= or(probe.getFailureThreshold(), 3);
        switch (count.kind) {
            case "readiness" -> {
                if (good || bad) {
                    container.setReady(good);
                }
            }
            case "startup" -> {
                if (good) {
                    container.setStarted();
                    startOthers();
                } else if (bad) {
                    container.kill("startup");
                }
            }
            default -> {
                if (bad) {
                    container.kill("liveness");
                }
            }
        }
    }

    private static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    /** Why the probe failed, null when it did not. */
    private @Nullable String failure(Probe probe) throws Target.CommandNotRun {
        if (probe.getHttpGet() != null) {
            var get = probe.getHttpGet();
            return http(port(get.getPort()), get.getPath() == null ? "/" : get.getPath());
        }
        if (probe.getTcpSocket() != null) {
            int port = port(probe.getTcpSocket().getPort());
            return pod.listening(port).isPresent() ? null : refused(port);
        }
        if (probe.getExec() != null) {
            return exec(probe.getExec().getCommand());
        }
        throw new Target.CommandNotRun("a gRPC probe", true);
    }

    private String refused(int port) {
        return "dial tcp " + pod.address() + ":" + port + ": connect: connection refused";
    }

    private @Nullable String http(int port, String path) {
        var program = pod.listening(port);
        if (program.isEmpty()) {
            return "Get \"http://" + pod.address() + ":" + port + path + "\": " + refused(port);
        }
        Map<String, String> headers = Map.of("host", pod.address() + ":" + port, "user-agent", "kube-probe/1.34");
        Program.Reply reply = program.get().answer(port, new Program.Request("GET", path, headers, new byte[0]));
        return reply.status() >= 200 && reply.status() < 400
                ? null
                : "HTTP probe failed with statuscode: " + reply.status();
    }

    private @Nullable String exec(List<String> command) throws Target.CommandNotRun {
        Program program = container.program().orElseThrow(() -> new Target.CommandNotRun("nothing runs", false));
        CommandResult result = program.run(CommandLine.asScript(command));
        return result.exitCode() == 0 ? null : (result.out() + result.err()).trim();
    }

    private int port(IntOrString port) {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        return container.spec().getPorts().stream()
                .filter(named -> port.getStrVal().equals(named.getName()))
                .map(named -> named.getContainerPort())
                .findFirst()
                .orElse(0);
    }

    /** How often a probe went well or badly in a row. */
    private static final class Count {
        private final String kind;
        private int good;
        private int bad;

        Count(String kind) {
            this.kind = kind;
        }

        void saw(boolean well) {
            good = well ? good + 1 : 0;
            bad = well ? 0 : bad + 1;
        }
    }
}
