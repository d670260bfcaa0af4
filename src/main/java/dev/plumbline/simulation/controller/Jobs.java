package dev.plumbline.simulation.controller;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs Jobs to their completions or to their back-off limit. */
final class Jobs {

    private final State state;
    private final VirtualClock clock;
    private final Queue queue;
    private final JobFace face;

    Jobs(State state, VirtualClock clock) {
        this.state = state.as("kube-controller-manager");
        this.clock = clock;
        this.queue = new Queue(clock, this::reconcile);
        this.face = new JobFace(this.state, clock);
    }

    void start() {
        queue.watch(state, "batch/v1", "Job");
    }

    private void reconcile(ObjectRef ref) {
        Optional<Job> found = state.get(Job.class, ref.namespace(), ref.name());
        if (found.isEmpty() || Pods.dying(found.get())) {
            return;
        }
        Job job = found.get();
        if ("Indexed".equals(job.getSpec().getCompletionMode())) {
            state.event(job, "Warning", "NotSimulated", "not simulated: Indexed Jobs", "job-controller");
            return;
        }
        if (face.over(job)) {
            expire(ref, job);
            return;
        }
        List<Pod> pods = state.controlled(Pod.class, job);
        Tally tally = Tally.of(job, pods);
        boolean late = late(job);
        if (tally.done() || tally.hopeless() || late) {
            pods.stream().filter(Pods::active).forEach(pod -> state.delete(state.ref(pod)));
        } else if (!Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            create(ref, job, pods, tally);
        } else {
            pods.stream().filter(Pods::active).forEach(pod -> state.delete(state.ref(pod)));
        }
        face.write(ref, job, Tally.of(job, state.controlled(Pod.class, job)), late);
        deadline(ref, job);
    }

    private static Instant started(Job job) {
        JobStatus status = job.getStatus();
        return status == null || status.getStartTime() == null ? Instant.MAX : Instant.parse(status.getStartTime());
    }

    private boolean late(Job job) {
        Long limit = job.getSpec().getActiveDeadlineSeconds();
        return limit != null
                && !started(job).equals(Instant.MAX)
                && !clock.instant().isBefore(started(job).plusSeconds(limit));
    }

    private void deadline(ObjectRef ref, Job job) {
        Long limit = job.getSpec().getActiveDeadlineSeconds();
        if (limit != null && started(job).equals(Instant.MAX)) {
            queue.addAfter(ref, Duration.ofSeconds(limit + 1));
        }
    }

    private void create(ObjectRef ref, Job job, List<Pod> pods, Tally tally) {
        int wanted = Math.min(job.getSpec().getParallelism(), tally.left());
        int missing = wanted - tally.active();
        if (missing <= 0) {
            return;
        }
        Duration wait = backOff(pods, tally);
        if (!wait.isZero()) {
            queue.addAfter(ref, wait);
            return;
        }
        for (int i = 0; i < missing; i++) {
            Pod pod = state.create(Pods.from(job.getSpec().getTemplate(), job).build());
            String message = "Created pod: " + pod.getMetadata().getName();
            state.event(job, "Normal", "SuccessfulCreate", message, "job-controller");
        }
    }

    /** How long after the last failure the next pod has to wait still: 10 s, 20 s, 40 s, up to 10 minutes. */
    private Duration backOff(List<Pod> pods, Tally tally) {
        if (tally.failed() == 0) {
            return Duration.ZERO;
        }
        Instant last = pods.stream()
                .filter(pod -> Pods.phase(pod, "Failed"))
                .map(Jobs::finished)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        long seconds = Math.min(600, 10L << Math.min(10, tally.failed() - 1));
        Duration left = Duration.between(clock.instant(), last.plusSeconds(seconds));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Instant finished(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getState().getTerminated() != null)
                .map(status -> Instant.parse(status.getState().getTerminated().getFinishedAt()))
                .max(Instant::compareTo)
                .orElse(Pods.created(pod));
    }

    private void expire(ObjectRef ref, Job job) {
        Integer ttl = job.getSpec().getTtlSecondsAfterFinished();
        if (ttl == null) {
            return;
        }
        Instant end = face.finished(job).plusSeconds(ttl);
        if (clock.instant().isBefore(end)) {
            queue.addAfter(ref, Duration.between(clock.instant(), end));
        } else {
            state.delete(ref);
        }
    }
}
