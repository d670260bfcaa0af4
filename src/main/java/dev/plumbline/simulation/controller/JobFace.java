package dev.plumbline.simulation.controller;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.api.State;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The status of a Job. */
final class JobFace {

    private static final Set<String> ENDS = Set.of("Complete", "Failed");

    private final State state;
    private final InstantSource clock;

    JobFace(State state, InstantSource clock) {
        this.state = state;
        this.clock = clock;
    }

    boolean over(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition -> ENDS.contains(condition.getType())
                                && condition.getStatus().equals("True"));
    }

    Instant finished(Job job) {
        return job.getStatus().getConditions().stream()
                .filter(condition -> ENDS.contains(condition.getType()))
                .map(condition -> Instant.parse(condition.getLastTransitionTime()))
                .findFirst()
                .orElse(Instant.MAX);
    }

    void write(ObjectRef ref, Job job, Tally tally, boolean late) {
        state.editStatus(Job.class, ref.namespace(), ref.name(), live -> {
            live.setStatus(status(live, tally, late));
            return live;
        });
        if (tally.done()) {
            state.event(job, "Normal", "Completed", "Job completed", "job-controller");
        } else if (tally.hopeless() || late) {
            state.event(job, "Warning", reason(late), message(late), "job-controller");
        }
    }

    private static String reason(boolean late) {
        return late ? "DeadlineExceeded" : "BackoffLimitExceeded";
    }

    private static String message(boolean late) {
        return late ? "Job was active longer than specified deadline" : "Job has reached the specified backoff limit";
    }

    private JobStatus status(Job live, Tally tally, boolean late) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        JobStatus old = live.getStatus() == null ? new JobStatus() : live.getStatus();
        boolean suspended = Boolean.TRUE.equals(live.getSpec().getSuspend());
        String start = old.getStartTime() == null && !suspended ? now : old.getStartTime();
        JobStatusBuilder status = new JobStatusBuilder()
                .withStartTime(start)
                .withActive(orNull(tally.active()))
                .withReady(tally.ready())
                .withTerminating(0)
                .withSucceeded(orNull(tally.succeeded()))
                .withFailed(orNull(tally.failed()))
                .withNewUncountedTerminatedPods()
                .endUncountedTerminatedPods();
        List<JobCondition> conditions = new ArrayList<>();
        if (tally.done()) {
            String message = "Reached expected number of succeeded pods";
            conditions.add(condition("SuccessCriteriaMet", "CompletionsReached", message, now));
            conditions.add(condition("Complete", "CompletionsReached", message, now));
            status.withCompletionTime(now).withActive(null).withReady(0);
        } else if (tally.hopeless() || late) {
            conditions.add(condition("FailureTarget", reason(late), message(late), now));
            conditions.add(condition("Failed", reason(late), message(late), now));
            status.withActive(null).withReady(0);
        } else if (suspended) {
            conditions.add(condition("Suspended", "JobSuspended", "Job suspended", now));
        }
        return status.withConditions(conditions).build();
    }

    private static @Nullable Integer orNull(int count) {
        return count == 0 ? null : count;
    }

    private static JobCondition condition(String type, String reason, String message, String now) {
        return new JobConditionBuilder()
                .withType(type)
                .withStatus("True")
                .withReason(reason)
                .withMessage(message)
                .withLastProbeTime(now)
                .withLastTransitionTime(now)
                .build();
    }
}
