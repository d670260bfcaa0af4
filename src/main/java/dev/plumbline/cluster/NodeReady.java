package dev.plumbline.cluster;

import dev.plumbline.timing.Clock;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waits until a new cluster can run pods: each node is Ready, and the service account that pods get is there. */
final class NodeReady {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Kind NODE = new Kind("", "v1", "Node", "nodes", false);
    private static final Kind SERVICE_ACCOUNT = new Kind("", "v1", "ServiceAccount", "serviceaccounts", true);
    private static final FieldPath CONDITIONS = FieldPath.parse(".status.conditions");

    private final RemoteCluster cluster;
    private final Clock clock;

    NodeReady(RemoteCluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    void await() throws InterruptedException {
        await(new Watched(NODE, "the node's readiness") {
            @Override
            public Observation<Boolean> look() {
                return cluster.feeds().list(NODE, null).map(NodeReady::allReady);
            }
        });
        await(new Watched(SERVICE_ACCOUNT, "the default service account") {
            @Override
            public Observation<Boolean> look() {
                return cluster.feeds()
                        .get(new ObjectRef(SERVICE_ACCOUNT, "default", "default"))
                        .map(account -> true);
            }
        });
    }

    private void await(Probe<Boolean> probe) throws InterruptedException {
        Judgement judgement = new Eventually(clock, Limits.DEFAULT).within(LIMIT, probe, Expectation.isTrue("there"));
        if (judgement.verdict() != Verdict.PASS) {
            throw new TargetUnavailable("the new cluster does not get ready: " + judgement.reason());
        }
    }

    private static boolean allReady(List<GenericKubernetesResource> nodes) {
        return !nodes.isEmpty() && nodes.stream().allMatch(NodeReady::ready);
    }

    private static boolean ready(GenericKubernetesResource node) {
        return CONDITIONS.in(node.getAdditionalProperties()).stream()
                .flatMap(conditions -> ((List<?>) conditions).stream())
                .anyMatch(one -> one instanceof Map<?, ?> condition
                        && "Ready".equals(condition.get("type"))
                        && "True".equals(condition.get("status")));
    }

    private abstract class Watched implements Probe<Boolean> {
        private final Kind kind;
        private final String subject;

        Watched(Kind kind, String subject) {
            this.kind = kind;
            this.subject = subject;
        }

        @Override
        public String subject() {
            return subject;
        }

        @Override
        public Optional<Subscription> onChange(Runnable changed) {
            return Optional.of(cluster.feeds().onChange(kind, changed));
        }
    }
}
