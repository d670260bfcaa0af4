package dev.plumbline.action;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.time.Duration;
import java.util.List;

/** What a command in a pod prints. It measures like a probe, but a command can do anything, so it counts as a write. */
public final class CommandInPod implements Probe<CommandResult> {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Target target;
    private final String namespace;
    private final String pod;
    private final String command;

    public CommandInPod(Target target, String namespace, String pod, String command) {
        this.target = target;
        this.namespace = namespace;
        this.pod = pod;
        this.command = command;
    }

    @Override
    public String subject() {
        return "\"" + command + "\" in pod \"" + pod + "\" in namespace \"" + namespace + "\"";
    }

    @Override
    public List<About> about() {
        return List.of(new About("Pod", namespace, pod));
    }

    @Override
    public Observation<CommandResult> look() {
        try {
            CommandResult result = target.run(namespace, pod, command, LONGEST);
            return new Observation.Seen<>(result, subject(), target.clock().instant());
        } catch (Target.CommandNotRun e) {
            return e.permanent()
                    ? new Observation.Blocked<>(
                            e.getMessage(), subject(), target.clock().instant())
                    : new Observation.Unreachable<>(
                            e.getMessage(), subject(), target.clock().instant());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Observation.Unreachable<>(
                    "interrupted", subject(), target.clock().instant());
        }
    }
}
