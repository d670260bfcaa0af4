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
 * The process that a throwaway belongs to, as its container's labels say it: a later {@code sweep} removes what a killed
 * process left. A number alone could be another process by now, or one of another machine on the same engine.
 */
public record K3sOwner(String runId, String machine, long pid, Instant started) {

    static final String RUN = Guard.RUN_LABEL;
    private static final String MACHINE = "plumbline.dev/machine";
    private static final String PID = "plumbline.dev/pid";
    private static final String STARTED = "plumbline.dev/started";

    /** Process tables round a start time differently. */
    private static final Duration SAME_START = Duration.ofSeconds(3);

    public static K3sOwner thisProcess(String runId) {
        ProcessHandle me = ProcessHandle.current();
        return new K3sOwner(
                runId, thisMachine(), me.pid(), me.info().startInstant().orElse(Instant.EPOCH));
    }

    static Optional<K3sOwner> of(Map<String, String> labels) {
        String run = labels.get(RUN);
        String pid = labels.get(PID);
        String started = labels.get(STARTED);
        if (run == null || pid == null || started == null) {
            return Optional.empty();
        }
        return Optional.of(
                new K3sOwner(run, labels.getOrDefault(MACHINE, ""), Long.parseLong(pid), Instant.parse(started)));
    }

    public Map<String, String> labels() {
        return Map.of(RUN, runId, MACHINE, machine, PID, String.valueOf(pid), STARTED, started.toString());
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

    /** A fingerprint, since the name of a machine is nobody's business. */
    private static String thisMachine() {
        return Integer.toHexString(machineName().hashCode());
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
