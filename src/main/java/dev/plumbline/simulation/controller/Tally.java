package dev.plumbline.simulation.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/**
 * How far the pods of a Job have come.
 *
 * @param left completions that are still wanted
 * @param hopeless more failures than the back-off limit allows
 */
record Tally(int active, int ready, int succeeded, int failed, int left, boolean hopeless) {

    static Tally of(Job job, List<Pod> pods) {
        int active = (int) pods.stream().filter(Pods::active).count();
        int ready = (int)
                pods.stream().filter(pod -> Pods.active(pod) && Pods.ready(pod)).count();
        int succeeded =
                (int) pods.stream().filter(pod -> Pods.phase(pod, "Succeeded")).count();
        int failed =
                (int) pods.stream().filter(pod -> Pods.phase(pod, "Failed")).count();
        int restarts = pods.stream()
                .filter(Pods::active)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .mapToInt(status -> status.getRestartCount())
                .sum();
        int limit = job.getSpec().getBackoffLimit();
        boolean onFailure =
                "OnFailure".equals(job.getSpec().getTemplate().getSpec().getRestartPolicy());
        boolean hopeless = failed > limit || onFailure && restarts > 0 && restarts >= limit;
        Integer completions = job.getSpec().getCompletions();
        int left = completions == null ? (succeeded > 0 ? 0 : 1) : completions - succeeded;
        return new Tally(active, ready, succeeded, failed, Math.max(0, left), hopeless);
    }

    boolean done() {
        return left == 0;
    }
}
