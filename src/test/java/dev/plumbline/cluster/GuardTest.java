package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.timing.WallClock;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GuardTest {

    private static final URI SERVER = URI.create("https://127.0.0.1:6443/");

    @ParameterizedTest
    @CsvSource({
        "GET, /version",
        "GET, /api",
        "GET, /apis/apps/v1",
        "GET, /openapi/v3/apis/apps/v1",
        "GET, /api/v1/pods",
        "HEAD, /api/v1/namespaces/shop",
        "GET, /apis/apps/v1/namespaces/shop/deployments/web/scale",
        "GET, /api/v1/namespaces/shop/pods/web-0/log",
        "GET, /api/v1/namespaces/shop/services/web:80/proxy/healthz",
        "GET, /api/v1/namespaces/shop/services/web:80/proxy/exec",
        "GET, /api/v1/namespaces/shop/secrets/exec",
        "POST, /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
        "POST, /apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
        "POST, /apis/authentication.k8s.io/v1/selfsubjectreviews",
        "POST, /api/v1/namespaces/monitoring/services/grafana:80/proxy/api/ds/query",
    })
    void readOnlyAllows(String method, String path) {
        assertThatCode(() -> readOnly().check(method, path, null)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/namespaces/shop/pods/web-0/exec",
        "GET, /api/v1/namespaces/shop/pods/web-0/attach",
        "GET, /api/v1/namespaces/shop/pods/web-0/portforward",
        "POST, /api/v1/namespaces/shop/pods/web-0/exec",
        "GET, /api/v1/namespaces/shop/pods/web-0/proxy/",
        "GET, /api/v1/nodes/n1/proxy/run",
        "GET, /api/v1/namespaces/shop/services/web/proxy/../../../pods/web-0/exec",
        "GET, /api/v1/namespaces/shop/services/web/proxy/%2E%2e/%2e%2e/pods/web-0/exec",
        "GET, /api/v1/namespaces/shop/services/x%2f..%2f..%2fpods%2fweb-0%2fexec",
        "GET, //api//v1/namespaces/shop/pods/web-0//exec",
        "POST, /api/v1/namespaces",
        "POST, /api/v1/namespaces/shop/configmaps",
        "PUT, /api/v1/namespaces/shop/configmaps/a",
        "PATCH, /apis/apps/v1/namespaces/shop/deployments/web/scale",
        "DELETE, /api/v1/namespaces/shop/pods/web-0",
        "DELETE, /api/v1/pods",
        "POST, /api/v1/namespaces/shop/pods/web-0/eviction",
        "POST, /api/v1/namespaces/shop/services/web:80/proxy/api/ds/query/delete",
        "POST, /api/v1/namespaces/shop/pods/web-0/proxy/api/ds/query",
        "POST, /apis/authorization.k8s.io/v1/subjectaccessreviews",
        "POST, /apis/authorization.k8s.io/v1/selfsubjectaccessreviews/x",
        "POST, /api/v1/namespaces/shop/serviceaccounts/default/token",
        "POST, /version",
    })
    void readOnlyRefuses(String method, String path) {
        assertThatThrownBy(() -> readOnly().check(method, path, null))
                .isInstanceOf(Guard.Refused.class)
                .hasMessageContaining(method + " ")
                .hasMessageContaining("--allow-writes");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/namespaces/listed/configmaps",
        "GET, /api/v1/namespaces/listed/pods/web-0/exec",
        "PATCH, /apis/apps/v1/namespaces/listed/deployments/web",
        "DELETE, /api/v1/namespaces/listed/pods",
        "GET, /api/v1/namespaces/foreign/pods",
    })
    void ownNamespacesAllows(String method, String path) {
        assertThatCode(() -> ownNamespaces().check(method, path, null)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/namespaces/foreign/configmaps",
        "GET, /api/v1/namespaces/foreign/pods/web-0/exec",
        "DELETE, /api/v1/namespaces/foreign",
        "DELETE, /api/v1/namespaces/listed",
        "DELETE, /api/v1/namespaces",
        "DELETE, /api/v1/pods",
        "PATCH, /api/v1/namespaces/listed",
        "PUT, /api/v1/namespaces/listed/finalize",
        "POST, /apis/rbac.authorization.k8s.io/v1/clusterroles",
        "PATCH, /api/v1/nodes/n1",
        "POST, /api/v1/namespaces/listed/../foreign/configmaps",
        "POST, /api/v1/namespaces/listed%2f..%2fforeign/configmaps",
    })
    void ownNamespacesRefuses(String method, String path) {
        assertThatThrownBy(() -> ownNamespaces().check(method, path, null))
                .isInstanceOf(Guard.Refused.class)
                .hasMessageContaining("writable");
    }

    @Test
    void letsANamespaceBeCreatedOnlyWithTheLabelOfTheRun() {
        Guard guard = ownNamespaces();
        String label = "{\"metadata\":{\"name\":\"n\",\"labels\":{\"plumbline.dev/run\":\"%s\"}}}";
        assertThatCode(() -> guard.check("POST", "/api/v1/namespaces", label.formatted("r1")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> guard.check("POST", "/api/v1/namespaces", label.formatted("r2")))
                .isInstanceOf(Guard.Refused.class);
        assertThatThrownBy(() -> guard.check("PATCH", "/api/v1/namespaces/n", label.formatted("r1")))
                .as("it may be there already and be somebody's")
                .isInstanceOf(Guard.Refused.class);
    }

    @Test
    void knowsTheServersOwnPathPrefix() {
        Guard guard = new Guard(Access.READ_ONLY, "r1", Set.of(), URI.create("https://127.0.0.1/k8s/clusters/c1/"));
        assertThatThrownBy(() -> guard.check("GET", "/k8s/clusters/c1/api/v1/namespaces/shop/pods/p/exec", null))
                .isInstanceOf(Guard.Refused.class);
        assertThatCode(() -> guard.check("GET", "/k8s/clusters/c1/api/v1/pods", null))
                .doesNotThrowAnyException();
    }

    @Test
    void nothingLeavesAClientThatIsReadOnly() throws IOException {
        try (TinyApi api = new TinyApi();
                KubernetesClient client = guarded(api, Access.READ_ONLY)) {
            var configMap = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace("shop")
                    .withName("a")
                    .endMetadata()
                    .build();
            assertThatThrownBy(() -> client.resource(configMap).create()).isInstanceOf(Guard.Refused.class);
            assertThatThrownBy(() -> client.resource(configMap).serverSideApply())
                    .isInstanceOf(Guard.Refused.class);
            assertThatThrownBy(() -> client.resource(configMap).delete()).isInstanceOf(Guard.Refused.class);
            assertThat(api.requests).allMatch(request -> request.startsWith("GET"));
            assertThat(client.configMaps().inNamespace("shop").list().getItems())
                    .isEmpty();
        }
    }

    @Test
    void noCommandLeavesAClusterThatIsReadOnly() throws IOException {
        try (TinyApi api = new TinyApi();
                RemoteCluster cluster = new RemoteCluster(config(api), guard(api, Access.READ_ONLY), new WallClock())) {
            api.serves(
                    "/api/v1/namespaces/shop/pods/web-0",
                    "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"spec\":{\"containers\":[{\"name\":\"web\"}]}}");
            assertThatThrownBy(() -> cluster.run("shop", "web-0", "true", Duration.ofSeconds(5)))
                    .isInstanceOf(Target.CommandNotRun.class)
                    .hasMessageContaining("--allow-writes");
            assertThat(api.requests).noneMatch(request -> request.contains("exec"));
        }
    }

    @Test
    void learnsItsOwnNamespacesFromTheTraffic() throws IOException {
        try (TinyApi api = new TinyApi();
                KubernetesClient client = guarded(api, Access.OWN_NAMESPACES)) {
            var namespace = new NamespaceBuilder()
                    .withNewMetadata()
                    .withName("mine")
                    .addToLabels(Guard.RUN_LABEL, "r1")
                    .endMetadata()
                    .build();
            assertThatThrownBy(() -> client.resource(namespace).serverSideApply())
                    .as("not yet known to be absent")
                    .isInstanceOf(Guard.Refused.class);
            assertThat(client.namespaces().withName("mine").get()).isNull();
            api.created("/api/v1/namespaces/mine", "{\"kind\":\"Namespace\",\"apiVersion\":\"v1\"}");
            client.resource(namespace).serverSideApply();
            assertThatThrownBy(() -> client.configMaps().inNamespace("theirs").delete())
                    .isInstanceOf(Guard.Refused.class);
            client.configMaps().inNamespace("mine").withName("a").delete();
            client.namespaces().withName("mine").delete();
            assertThat(api.requests).anyMatch(request -> request.equals("DELETE /api/v1/namespaces/mine"));
        }
    }

    private static KubernetesClient guarded(TinyApi api, Access access) {
        return new KubernetesClientBuilder()
                .withConfig(config(api))
                .withHttpClientBuilderConsumer(
                        builder -> builder.addOrReplaceInterceptor(Guard.NAME, guard(api, access)))
                .build();
    }

    private static Config config(TinyApi api) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(api.address())
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    private static Guard guard(TinyApi api, Access access) {
        return new Guard(access, "r1", Set.of("listed"), URI.create(api.address()));
    }

    private static Guard readOnly() {
        return new Guard(Access.READ_ONLY, "r1", Set.of(), SERVER);
    }

    private static Guard ownNamespaces() {
        return new Guard(Access.OWN_NAMESPACES, "r1", Set.of("listed"), SERVER);
    }
}
