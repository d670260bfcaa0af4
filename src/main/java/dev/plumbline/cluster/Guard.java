package dev.plumbline.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Refuses, before anything leaves, what {@link Access} forbids. It stands in the client's HTTP, so that nothing that uses
 * the client gets round it; with {@link Access#OWN_NAMESPACES} it learns from the traffic which namespaces are the run's.
 */
public final class Guard implements Interceptor {

    /** Under this name the guard is put into the HTTP client. */
    static final String NAME = "PLUMBLINE-GUARD";

    /** On each object that a run creates; its value is the run's id. */
    public static final String RUN_LABEL = "plumbline.dev/run";

    private static final Set<String> OPEN_A_CHANNEL = Set.of("exec", "attach", "portforward");

    private final Access access;
    private final String runId;
    private final Set<String> writable;
    private final String basePath;
    private final Set<String> own = ConcurrentHashMap.newKeySet();
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    /**
     * @param runId the label value by which the run's own namespaces are known
     * @param writable namespaces that may be written to although the run did not create them
     * @param apiServer its path, if it has one, stands before all paths of the API
     */
    public Guard(Access access, String runId, Set<String> writable, URI apiServer) {
        this.access = access;
        this.runId = runId;
        this.writable = Set.copyOf(writable);
        this.basePath =
                apiServer.getRawPath() == null ? "" : apiServer.getRawPath().replaceFirst("/+$", "");
    }

    /** Lets a namespace be written to, which an earlier run created and somebody has checked to be ours. */
    void adopt(String namespace) {
        own.add(namespace);
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        String method = request.method() == null ? "GET" : request.method();
        check(method, request.uri().getRawPath(), request.bodyString());
    }

    /** @throws Refused when the request may not be sent */
    void check(String method, String rawPath, @Nullable String body) {
        String path = rawPath.startsWith(basePath) ? rawPath.substring(basePath.length()) : rawPath;
        if (access == Access.THROWAWAY || reads(method, path)) {
            return;
        }
        if (access == Access.READ_ONLY) {
            throw new Refused(method + " " + path + " is a write, and this cluster is read-only to us;"
                    + " --allow-writes lets a run write into its own namespaces");
        }
        Optional<ApiPath> target = ApiPath.parse(path);
        if (target.isEmpty() || !insideOwn(method, target.get(), body)) {
            throw new Refused(method + " " + path + " is outside the namespaces that this run created or that the"
                    + " profile lists as writable; list the namespace there if it may be written to");
        }
    }

    /**
     * Whether a request only reads: GET and HEAD, but not what opens a channel into a pod or node, and the few POSTs that
     * ask a question. Whoever reaches a service through {@link ServiceAddress} keeps to the same rule.
     *
     * @param path from /api or /apis on
     */
    public static boolean reads(String method, String path) {
        Optional<ApiPath> parsed = ApiPath.parse(path);
        if (method.equals("GET") || method.equals("HEAD")) {
            return parsed.map(Guard::getReads).orElse(!ApiPath.climbs(path));
        }
        return method.equals("POST") && parsed.map(Guard::postReads).orElse(false);
    }

    private static boolean getReads(ApiPath path) {
        boolean proxy = path.has("proxy") && !path.is("", "services");
        return !proxy && (path.subresource() == null || !OPEN_A_CHANNEL.contains(path.subresource()));
    }

    private static boolean postReads(ApiPath path) {
        boolean review = path.name() == null
                && (path.is("authorization.k8s.io", "selfsubjectaccessreviews")
                        || path.is("authorization.k8s.io", "selfsubjectrulesreviews")
                        || path.is("authentication.k8s.io", "selfsubjectreviews"));
        boolean query =
                path.is("", "services") && path.has("proxy") && path.rest().endsWith("/api/ds/query");
        return review || query;
    }

    private boolean insideOwn(String method, ApiPath path, @Nullable String body) {
        String namespace = path.namespace();
        if (namespace != null) {
            return own.contains(namespace) || writable.contains(namespace);
        }
        if (!path.is("", "namespaces")) {
            return false;
        }
        String name = path.name();
        if (name == null) {
            return method.equals("POST") && isOurs(body);
        }
        // server-side apply creates, too: allowed for a namespace that was just found not to be there
        boolean creates =
                method.equals("PATCH") && path.subresource() == null && missing.contains(name) && isOurs(body);
        return own.contains(name) || creates;
    }

    private boolean isOurs(@Nullable String body) {
        return runId.equals(metadata(body).path("labels").path(RUN_LABEL).asText());
    }

    private static JsonNode metadata(@Nullable String body) {
        try {
            return new YAMLMapper().readTree(body == null ? "" : body).path("metadata");
        } catch (JsonProcessingException e) {
            throw new Refused("a namespace is to be created from a body that is neither JSON nor YAML: "
                    + e.getOriginalMessage());
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (access != Access.OWN_NAMESPACES) {
            return;
        }
        String path = request.uri().getRawPath();
        ApiPath.parse(path.startsWith(basePath) ? path.substring(basePath.length()) : path)
                .filter(one -> one.is("", "namespaces") && one.subresource() == null)
                .ifPresent(one -> learn(request, one.name(), response.code()));
    }

    private void learn(HttpRequest request, @Nullable String nameInPath, int status) {
        String name = nameInPath != null
                ? nameInPath
                : metadata(request.bodyString()).path("name").asText();
        if (status == 404 && request.method().equals("GET")) {
            missing.add(name);
        } else {
            missing.remove(name);
        }
        if (status == 201 && !isDryRun(request)) {
            own.add(name);
        }
    }

    private static boolean isDryRun(HttpRequest request) {
        String query = request.uri().getQuery();
        return query != null && query.contains("dryRun=");
    }

    /** A request that was not sent. Its code is that of a missing permission, since that is what it amounts to. */
    public static final class Refused extends KubernetesClientException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, 403, null);
        }
    }
}
