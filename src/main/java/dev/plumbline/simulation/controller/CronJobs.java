package dev.plumbline.simulation.controller;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Starts the Jobs of CronJobs when they are due. */
final class CronJobs {

    private final State state;
    private final VirtualClock clock;
    private final Queue queue;
    private final JobFace face;
    private final Map<String, Instant> alarms = new ConcurrentHashMap<>();

    CronJobs(State state, VirtualClock clock) {
        this.state = state.as("kube-controller-manager");
        this.clock = clock;
        this.queue = new Queue(clock, this::reconcile);
        this.face = new JobFace(this.state, clock);
    }

    void start() {
        queue.watch(state, "batch/v1", "CronJob");
    }

    private void reconcile(ObjectRef ref) {
        Optional<CronJob> found = state.get(CronJob.class, ref.namespace(), ref.name());
        if (found.isEmpty() || Pods.dying(found.get())) {
            return;
        }
        CronJob cron = found.get();
        List<Job> jobs = state.controlled(Job.class, cron);
        Optional<Schedule> schedule = Schedule.parse(cron.getSpec().getSchedule());
        if (schedule.isEmpty()) {
            String message = "unparseable schedule: " + cron.getSpec().getSchedule();
            state.event(cron, "Warning", "UnparseableSchedule", message, "cronjob-controller");
            return;
        }
        if (!Boolean.TRUE.equals(cron.getSpec().getSuspend())) {
            due(ref, cron, jobs, schedule.get());
        }
        forgetOld(cron, jobs);
        write(ref, state.controlled(Job.class, cron));
    }

    private void due(ObjectRef ref, CronJob cron, List<Job> jobs, Schedule schedule) {
        ZoneId zone = ZoneId.of(
                cron.getSpec().getTimeZone() == null ? "UTC" : cron.getSpec().getTimeZone());
        String last = cron.getStatus() == null ? null : cron.getStatus().getLastScheduleTime();
        Instant since = last == null ? Pods.created(cron) : Instant.parse(last);
        Optional<Instant> latest = Optional.empty();
        Optional<Instant> next = schedule.after(since, zone);
        while (next.isPresent() && !next.get().isAfter(clock.instant())) {
            latest = next;
            next = schedule.after(next.get(), zone);
        }
        latest.ifPresent(time -> launch(ref, cron, jobs, time));
        next.ifPresent(time -> alarm(ref, cron, time));
    }

    private void alarm(ObjectRef ref, CronJob cron, Instant time) {
        if (!time.equals(alarms.put(cron.getMetadata().getUid(), time))) {
            queue.addAfter(ref, Duration.between(clock.instant(), time));
        }
    }

    private void launch(ObjectRef ref, CronJob cron, List<Job> jobs, Instant time) {
        List<Job> active = jobs.stream().filter(job -> !face.over(job)).toList();
        String policy = cron.getSpec().getConcurrencyPolicy();
        if (policy.equals("Forbid") && !active.isEmpty()) {
            String message = "Not starting job because prior execution is running and concurrency policy is Forbid";
            state.event(cron, "Normal", "JobAlreadyActive", message, "cronjob-controller");
            return;
        }
        if (policy.equals("Replace")) {
            active.forEach(job -> state.delete(state.ref(job)));
        }
        String name = ref.name() + "-" + time.getEpochSecond() / 60;
        if (state.get(Job.class, ref.namespace(), name).isEmpty()) {
            create(cron, name);
        }
        state.editStatus(CronJob.class, ref.namespace(), ref.name(), live -> {
            CronJobStatus status = live.getStatus() == null ? new CronJobStatus() : live.getStatus();
            status.setLastScheduleTime(time.truncatedTo(ChronoUnit.SECONDS).toString());
            live.setStatus(status);
            return live;
        });
    }

    private void create(CronJob cron, String name) {
        var template = cron.getSpec().getJobTemplate();
        var given = template.getMetadata();
        state.create(new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(cron.getMetadata().getNamespace())
                .withLabels(given == null ? null : given.getLabels())
                .withAnnotations(given == null ? null : given.getAnnotations())
                .withOwnerReferences(Pods.owner(cron))
                .endMetadata()
                .withSpec(template.getSpec())
                .build());
        state.event(cron, "Normal", "SuccessfulCreate", "Created job " + name, "cronjob-controller");
    }

    private void forgetOld(CronJob cron, List<Job> jobs) {
        trim(jobs, "Complete", cron.getSpec().getSuccessfulJobsHistoryLimit());
        trim(jobs, "Failed", cron.getSpec().getFailedJobsHistoryLimit());
    }

    private void trim(List<Job> jobs, String condition, int limit) {
        List<Job> ended = jobs.stream()
                .filter(job -> job.getStatus() != null
                        && job.getStatus().getConditions().stream()
                                .anyMatch(there -> there.getType().equals(condition)))
                .sorted(Comparator.comparing(Pods::created))
                .toList();
        ended.stream().limit(Math.max(0, ended.size() - limit)).forEach(job -> state.delete(state.ref(job)));
    }

    private void write(ObjectRef ref, List<Job> jobs) {
        List<ObjectReference> active = jobs.stream()
                .filter(job -> !face.over(job))
                .map(job -> new ObjectReferenceBuilder()
                        .withApiVersion("batch/v1")
                        .withKind("Job")
                        .withName(job.getMetadata().getName())
                        .withNamespace(job.getMetadata().getNamespace())
                        .withUid(job.getMetadata().getUid())
                        .build())
                .toList();
        Optional<Instant> success = jobs.stream()
                .filter(job -> job.getStatus() != null && job.getStatus().getCompletionTime() != null)
                .map(job -> Instant.parse(job.getStatus().getCompletionTime()))
                .max(Instant::compareTo);
        state.editStatus(CronJob.class, ref.namespace(), ref.name(), live -> {
            CronJobStatus status = live.getStatus() == null ? new CronJobStatus() : live.getStatus();
            status.setActive(active);
            success.ifPresent(time -> status.setLastSuccessfulTime(time.toString()));
            live.setStatus(status);
            return live;
        });
    }
}
