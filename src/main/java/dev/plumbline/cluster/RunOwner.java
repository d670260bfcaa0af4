package dev.plumbline.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The process that a run is, as what it made says it, in a container's labels or an object's annotations: a later
 * {@code sweep} removes what a killed process left. A number alone could be another process by now, or one of another
 * machine.
 */
public record RunOwner(String runId, String machine, long pid, Instant started) {

    /** When a run last said that it lives, for those who cannot look at its process. */
    public static final String ALIVE = "plumbline.dev/alive";

    static final String RUN = Guard.RUN_LABEL;
    private static final String MACHINE = "plumbline.dev/machine";
    private static final String PID = "plumbline.dev/pid";
    private static final String STARTED = "plumbline.dev/started";

    /** A run speaks up each minute; clocks may be some minutes apart. */
    private static final Duration SILENT = Duration.ofMinutes(10);

    /** Process tables round a start time differently. */
    private static final Duration SAME_START = Duration.ofSeconds(3);

    public static RunOwner thisProcess(String runId) {
        ProcessHandle me = ProcessHandle.current();
        return new RunOwner(
                runId, thisMachine(), me.pid(), me.info().startInstant().orElse(Instant.EPOCH));
    }

    public static Optional<RunOwner> of(Map<String, String> labels) {
        String run = labels.get(RUN);
        String pid = labels.get(PID);
        String started = labels.get(STARTED);
        if (run == null || pid == null || started == null) {
            return Optional.empty();
        }
        return Optional.of(
                new RunOwner(run, labels.getOrDefault(MACHINE, ""), Long.parseLong(pid), Instant.parse(started)));
    }

    public Map<String, String> labels() {
        return Map.of(RUN, runId, MACHINE, machine, PID, String.valueOf(pid), STARTED, started.toString());
    }

    /** What a process of any machine needs to know of this one, at a moment when it is alive. */
    public Map<String, String> annotations(Instant alive) {
        return Map.of(MACHINE, machine, PID, String.valueOf(pid), STARTED, started.toString(), ALIVE, alive.toString());
    }

    /** Whether the process has ended: looked up here if it is one of this machine, else by how long it has been silent. */
    public boolean isGone(Duration silence) {
        return isOfThisMachine() ? !isAlive() : silence.compareTo(SILENT) > 0;
    }

    boolean isOfThisMachine() {
        return machine.equals(thisMachine());
    }

    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info().startInstant().orElse(started))
                .map(other -> Duration.between(other, started).abs().compareTo(SAME_START) < 0)
                .orElse(false);
    }

    /** A fingerprint, since the name of a machine is nobody's business; containers count processes each for themselves. */
    private static String thisMachine() {
        return Integer.toHexString((machineName() + processNamespace()).hashCode());
    }

    private static String processNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String machineName() {
        try {
            Path kernel = Path.of("/proc/sys/kernel/hostname");
            return Files.exists(kernel)
                    ? Files.readString(kernel).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
