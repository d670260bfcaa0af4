package dev.plumbline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private static final String CONFIGURED = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: site, namespace: default}
            data:
              default.conf: |
                server {
                  listen 8080;
                  location = /healthz { default_type text/plain; return 200 "fine\\n"; }
                  location /broken { return 503; }
                  location / { root /srv; }
                }
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: site, namespace: default, labels: {app: site}}
            spec:
              containers:
              - name: nginx
                image: nginx:1.27
                volumeMounts: [{name: site, mountPath: /etc/nginx/conf.d}]
              volumes: [{name: site, configMap: {name: site}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: site, namespace: default}
            spec: {selector: {app: site}, ports: [{port: 80, targetPort: 8080}]}
            """;
    private static final String CALLER = """
            apiVersion: v1
            kind: Pod
            metadata: {name: caller, namespace: default, labels: {role: caller}}
            spec: {containers: [{name: c, image: busybox, command: [sleep, infinity]}]}
            """;

    private final Bed bed = new Bed();

    @AfterEach
    void close() {
        bed.close();
    }

    private String get(String path) {
        return bed.client.raw("/api/v1/namespaces/default/services/site:80/proxy" + path);
    }

    private Program.Reply send(String from, String host, int port, String path) throws World.Refused {
        Program.Request request = new Program.Request("GET", path, Map.of(), new byte[0]);
        return bed.cluster.world().send(from, host, port, request);
    }

    @Test
    void nginxAnswersAsItsConfigurationSays() throws Exception {
        bed.apply(CONFIGURED);
        assertThatThrownBy(() -> get("/healthz")).isInstanceOfSatisfying(KubernetesClientException.class, refused -> {
            assertThat(refused.getCode()).isEqualTo(503);
            assertThat(refused.getStatus().getMessage()).isEqualTo("no endpoints available for service \"site\"");
        });
        bed.pass(Duration.ofSeconds(10));
        assertThat(get("/healthz")).isEqualTo("fine\n");
        assertThat(send("default", "site", 80, "/broken").status()).isEqualTo(503);
        assertThat(send("other", "site.default.svc.cluster.local", 80, "/none").status())
                .isEqualTo(404);
        assertThatThrownBy(() -> send("other", "site", 80, "/")).hasMessage("lookup site: no such host");
        assertThat(bed.client.pods().inNamespace("default").withName("site").getLog())
                .contains("GET /broken 503");
    }

    @Test
    void podsReachServicesUnlessAPolicyForbidsIt() throws Exception {
        bed.apply(CONFIGURED);
        bed.apply(CALLER);
        bed.pass(Duration.ofSeconds(10));
        String command = "wget -qO- http://site/healthz";
        assertThat(bed.cluster
                        .run("default", "caller", command, Duration.ofSeconds(5))
                        .out())
                .isEqualTo("fine\n");
        bed.apply("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: closed, namespace: default}
                spec:
                  podSelector: {matchLabels: {app: site}}
                  ingress: [{from: [{podSelector: {matchLabels: {role: friend}}}]}]
                """);
        assertThat(bed.cluster
                        .run("default", "caller", command, Duration.ofSeconds(5))
                        .exitCode())
                .isEqualTo(1);
        bed.client.pods().inNamespace("default").withName("caller").edit(live -> {
            live.getMetadata().getLabels().put("role", "friend");
            return live;
        });
        assertThat(bed.cluster
                        .run("default", "caller", command, Duration.ofSeconds(5))
                        .exitCode())
                .isZero();
    }

    @Test
    void aDeletedPodLeavesItsService() {
        bed.apply(CONFIGURED);
        bed.pass(Duration.ofSeconds(10));
        assertThat(bed.client
                        .endpoints()
                        .inNamespace("default")
                        .withName("site")
                        .get()
                        .getSubsets())
                .singleElement()
                .satisfies(subset -> assertThat(subset.getAddresses()).hasSize(1));
        bed.client.pods().inNamespace("default").withName("site").delete();
        bed.pass(Duration.ofSeconds(2));
        assertThat(bed.client
                        .endpoints()
                        .inNamespace("default")
                        .withName("site")
                        .get()
                        .getSubsets())
                .isEmpty();
        assertThat(bed.client.pods().inNamespace("default").withName("site").get())
                .isNull();
    }

    @Test
    void thePageOfNginxIsTheMountedOne() throws Exception {
        bed.apply(DeploymentTest.WEB);
        bed.pass(Duration.ofSeconds(10));
        var reply = send("default", "web", 8080, "/");
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).contains("Welcome to nginx!");
        assertThat(reply.contentType()).isEqualTo("text/html");
    }
}
