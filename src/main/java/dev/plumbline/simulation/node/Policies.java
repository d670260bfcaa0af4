package dev.plumbline.simulation.node;

import dev.plumbline.simulation.ClusterState;
import dev.plumbline.simulation.api.LabelQuery;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether NetworkPolicies let a request through. Names are always resolved: DNS is no pod here. */
final class Policies {

    private final ClusterState state;

    Policies(ClusterState state) {
        this.state = state;
    }

    boolean allows(Sender sender, Pod target, int port) {
        return entering(sender, target, port) && leaving(sender, target, port);
    }

    private boolean entering(Sender sender, Pod target, int port) {
        List<NetworkPolicy> policies = on(target, "Ingress");
        String home = target.getMetadata().getNamespace();
        return policies.isEmpty()
                || policies.stream()
                        .flatMap(policy -> policy.getSpec().getIngress().stream())
                        .anyMatch(rule -> port(rule.getPorts(), target, port)
                                && peer(rule.getFrom(), home, sender.namespace(), sender.labels()));
    }

    private boolean leaving(Sender sender, Pod target, int port) {
        Pod from = sender.pod();
        if (from == null) {
            return true;
        }
        List<NetworkPolicy> policies = on(from, "Egress");
        Map<String, String> labels = target.getMetadata().getLabels() == null
                ? Map.of()
                : target.getMetadata().getLabels();
        return policies.isEmpty()
                || policies.stream()
                        .flatMap(policy -> policy.getSpec().getEgress().stream())
                        .anyMatch(rule -> port(rule.getPorts(), target, port)
                                && peer(
                                        rule.getTo(),
                                        sender.namespace(),
                                        target.getMetadata().getNamespace(),
                                        labels));
    }

    private List<NetworkPolicy> on(Pod pod, String direction) {
        return state.list(NetworkPolicy.class, pod.getMetadata().getNamespace()).stream()
                .filter(policy -> policy.getSpec().getPolicyTypes().contains(direction))
                .filter(policy -> selects(
                        policy.getSpec().getPodSelector(), pod.getMetadata().getLabels()))
                .toList();
    }

    private static boolean selects(@Nullable LabelSelector selector, @Nullable Map<String, String> labels) {
        return LabelQuery.of(selector == null ? new LabelSelector() : selector).matches(labels);
    }

    private static boolean port(List<NetworkPolicyPort> ports, Pod target, int port) {
        return ports.isEmpty()
                || ports.stream()
                        .anyMatch(candidate -> candidate.getPort() == null
                                || number(candidate.getPort(), target) == port
                                || candidate.getEndPort() != null
                                        && number(candidate.getPort(), target) <= port
                                        && port <= candidate.getEndPort());
    }

    private static int number(IntOrString port, Pod target) {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        return target.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(named -> port.getStrVal().equals(named.getName()))
                .map(named -> named.getContainerPort())
                .findFirst()
                .orElse(-1);
    }

    private boolean peer(List<NetworkPolicyPeer> peers, String home, String namespace, Map<String, String> labels) {
        return peers.isEmpty() || peers.stream().anyMatch(peer -> matches(peer, home, namespace, labels));
    }

    private boolean matches(NetworkPolicyPeer peer, String home, String namespace, Map<String, String> labels) {
        if (peer.getIpBlock() != null) {
            return peer.getIpBlock().getCidr().endsWith("/0");
        }
        boolean there = peer.getNamespaceSelector() == null
                ? home.equals(namespace)
                : state.get(Namespace.class, null, namespace)
                        .filter(found -> selects(
                                peer.getNamespaceSelector(), found.getMetadata().getLabels()))
                        .isPresent();
        return there && (peer.getPodSelector() == null || selects(peer.getPodSelector(), labels));
    }
}
