package dev.plumbline.action;

import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Concern;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** A request that changes something in a service, sent through the API server's proxy. */
final class ServiceRequest {

    private final Target target;
    private final String base;
    private final Concern concern;

    ServiceRequest(Target target, String namespace, String service, int port) {
        this.target = target;
        this.base = "/api/v1/namespaces/" + namespace + "/services/" + service + ":" + port + "/proxy";
        this.concern = Concern.with(new About("Service", namespace, service));
    }

    /** Sends a JSON body; a refusal by the proxy or the service ends the scenario with its reason. */
    String send(String method, String path, Object body) {
        try {
            String answer = target.client().raw(base + path, method, body);
            return answer == null ? "" : answer;
        } catch (KubernetesClientException e) {
            throw Refusals.judged(method + " " + path, concern, e);
        }
    }

    /** Whether the service has something under this path. */
    boolean isThere(String path) {
        try {
            return target.client().raw(base + path) != null;
        } catch (KubernetesClientException e) {
            throw Refusals.judged("GET " + path, concern, e);
        }
    }
}
