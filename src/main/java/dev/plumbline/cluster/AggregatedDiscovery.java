package dev.plumbline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Client;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The discovery of all groups in two requests, which servers from Kubernetes 1.26 on answer, in place of one for each
 * group version.
 */
final class AggregatedDiscovery {

    private static final String ACCEPT = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    private final Client client;
    private final ObjectMapper json = new ObjectMapper();

    AggregatedDiscovery(Client client) {
        this.client = client;
    }

    /**
     * One version of a group.
     *
     * @param stale whether its server is down, so that its resources may not be known
     */
    record Version(String apiVersion, List<Served> served, boolean stale) {}

    /** A kind with its short names. */
    record Served(Kind kind, List<String> shortNames) {}

    /** Core first, preferred versions before others; absent when the server does not answer in this way. */
    Optional<List<Version>> ask() {
        CompletableFuture<HttpResponse<byte[]>> core = request("api");
        CompletableFuture<HttpResponse<byte[]>> groups = request("apis");
        List<Version> all = new ArrayList<>();
        for (CompletableFuture<HttpResponse<byte[]>> answer : List.of(core, groups)) {
            JsonNode list = read(answer);
            if (!list.path("kind").asText().equals("APIGroupDiscoveryList")) {
                return Optional.empty();
            }
            list.path("items")
                    .forEach(group -> group.path("versions")
                            .forEach(version ->
                                    all.add(version(group.at("/metadata/name").asText(), version))));
        }
        return Optional.of(all);
    }

    private CompletableFuture<HttpResponse<byte[]>> request(String path) {
        String server = client.getMasterUrl().toString();
        var request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(server + (server.endsWith("/") ? "" : "/") + path))
                .header("Accept", ACCEPT)
                .build();
        return client.getHttpClient().sendAsync(request, byte[].class);
    }

    private JsonNode read(CompletableFuture<HttpResponse<byte[]>> answer) {
        try {
            HttpResponse<byte[]> response = answer.join();
            return response.code() == 200 ? json.readTree(response.body()) : json.missingNode();
        } catch (CompletionException | IOException e) {
            throw KubernetesClientException.launderThrowable(e.getCause() == null ? e : e.getCause());
        }
    }

    private static Version version(String group, JsonNode version) {
        String name = version.path("version").asText();
        List<Served> served = new ArrayList<>();
        for (JsonNode resource : version.path("resources")) {
            String kind = resource.at("/responseKind/kind").asText();
            boolean namespaced = resource.path("scope").asText().equals("Namespaced");
            List<String> shortNames = new ArrayList<>();
            resource.path("shortNames").forEach(word -> shortNames.add(word.asText()));
            if (!kind.isEmpty()) {
                String plural = resource.path("resource").asText();
                served.add(new Served(new Kind(group, name, kind, plural, namespaced), shortNames));
            }
        }
        boolean stale = version.path("freshness").asText().equals("Stale");
        return new Version(group.isEmpty() ? name : group + "/" + name, served, stale);
    }
}
