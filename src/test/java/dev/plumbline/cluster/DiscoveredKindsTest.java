package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DiscoveredKindsTest {

    private static final String DEPLOYMENT = resource("deployments", "Deployment", true, "deploy");

    private TinyApi api;
    private KubernetesClient client;
    private Kinds kinds;

    @BeforeEach
    void start() throws IOException {
        api = new TinyApi();
        groups("apps/v1", "events.k8s.io/v1", "a.example.org/v1", "b.example.org/v1");
        serve("/api/v1", "v1", resource("pods", "Pod", true, "po"), resource("pods/log", "Pod", true, ""));
        serve("/api/v1", "v1", resource("pods", "Pod", true, "po"), resource("events", "Event", true, "ev"));
        serve("/apis/apps/v1", "apps/v1", DEPLOYMENT, resource("deployments/scale", "Scale", true, ""));
        serve("/apis/events.k8s.io/v1", "events.k8s.io/v1", resource("events", "Event", true, "ev"));
        serve("/apis/a.example.org/v1", "a.example.org/v1", resource("widgets", "Widget", true, ""));
        serve("/apis/b.example.org/v1", "b.example.org/v1", resource("widgets", "Widget", false, ""));
        client = api.client();
        kinds = new DiscoveredKinds(client);
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    @Test
    void findsAKindByEachOfItsNames() {
        Kind deployment = new Kind("apps", "v1", "Deployment", "deployments", true);
        for (String word : new String[] {"Deployment", "deployment", "deployments", "deploy", "Deployment.apps"}) {
            assertThat(kinds.named(word)).as(word).isEqualTo(deployment);
        }
        assertThat(kinds.named("Pod.core").plural()).isEqualTo("pods");
    }

    @Test
    void takesTheCoreEventForTheTwinThatItIs() {
        assertThat(kinds.named("Event").apiVersion()).isEqualTo("v1");
        assertThat(kinds.named("Event.events.k8s.io").apiVersion()).isEqualTo("events.k8s.io/v1");
    }

    @Test
    void asksWhichOneIsMeantWhenSeveralGroupsServeAKind() {
        assertThatThrownBy(() -> kinds.named("Widget"))
                .isInstanceOf(Kinds.UnknownKind.class)
                .hasMessageContaining("Widget.a.example.org, Widget.b.example.org");
        assertThat(kinds.named("Widget.b.example.org").namespaced()).isFalse();
    }

    @Test
    void findsACustomKindThatCameLater() throws IOException {
        assertThatThrownBy(() -> kinds.named("Gadget")).hasMessageContaining("serves no kind \"Gadget\"");
        assertThatThrownBy(() -> kinds.of("c.example.org/v1", "Gadget")).isInstanceOf(Kinds.UnknownKind.class);
        groups("c.example.org/v1");
        serve("/apis/c.example.org/v1", "c.example.org/v1", resource("gadgets", "Gadget", true, ""));
        assertThat(kinds.named("Gadget")).isEqualTo(kinds.of("c.example.org/v1", "Gadget"));
    }

    @Test
    void survivesAnAggregatedApiWhoseServerIsDown() {
        api.refuses("/apis/b.example.org/v1", 503);
        assertThat(kinds.named("Widget").group()).isEqualTo("a.example.org");
        assertThatThrownBy(() -> kinds.named("Gadget")).hasMessageContaining("could not be asked: b.example.org/v1");
    }

    @Test
    void asksTheServerOnceForWhatItKnows() {
        kinds.named("Deployment");
        int asked = api.requests.size();
        kinds.named("Deployment");
        kinds.of("apps/v1", "Deployment");
        assertThat(api.requests).hasSize(asked);
    }

    @Test
    void asksAModernServerTwiceForAllKindsHoweverManyThreadsAskForOne() throws InterruptedException {
        api.serves("/api", aggregated("", "v1", "pods", "Pod", "Current"));
        api.serves("/apis", aggregated("apps", "v1", "deployments", "Deployment", "Current"));
        Kind deployment = new Kind("apps", "v1", "Deployment", "deployments", true);
        List<Kind> found = new CopyOnWriteArrayList<>();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(number -> new Thread(() -> found.add(kinds.named("Deployment"))))
                .toList();

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(found).hasSize(8).containsOnly(deployment, kinds.of("apps/v1", "Deployment"));
        assertThat(kinds.named("po").plural()).isEqualTo("pods");
        assertThat(api.requests).hasSize(2);
    }

    @Test
    void namesTheGroupWhoseServerIsDownOnAModernServer() throws IOException {
        api.serves("/api", aggregated("", "v1", "pods", "Pod", "Current"));
        api.serves("/apis", aggregated("metrics.k8s.io", "v1beta1", "nodes", "NodeMetrics", "Stale"));
        assertThatThrownBy(() -> kinds.named("Gadget")).hasMessageContaining("not be asked: metrics.k8s.io/v1beta1");
    }

    private static String aggregated(String group, String version, String plural, String kind, String freshness) {
        return "{\"kind\":\"APIGroupDiscoveryList\",\"items\":[{\"metadata\":{\"name\":\"" + group
                + "\"},\"versions\":[{\"version\":\"" + version + "\",\"freshness\":\"" + freshness
                + "\",\"resources\":[{\"resource\":\"" + plural + "\",\"scope\":\"Namespaced\",\"shortNames\":[\""
                + plural.substring(0, 2) + "\"],\"responseKind\":{\"kind\":\"" + kind + "\"}}]}]}]}";
    }

    private void groups(String... versions) {
        StringBuilder groups = new StringBuilder();
        for (String version : versions) {
            String[] parts = version.split("/");
            String one = "{\"groupVersion\":\"" + version + "\",\"version\":\"" + parts[1] + "\"}";
            groups.append(groups.isEmpty() ? "" : ",")
                    .append("{\"name\":\"" + parts[0] + "\",\"versions\":[" + one + "],\"preferredVersion\":" + one
                            + "}");
        }
        api.serves("/apis", "{\"kind\":\"APIGroupList\",\"apiVersion\":\"v1\",\"groups\":[" + groups + "]}");
    }

    private void serve(String path, String version, String... resources) {
        api.serves(
                path,
                "{\"kind\":\"APIResourceList\",\"apiVersion\":\"v1\",\"groupVersion\":\"" + version
                        + "\",\"resources\":[" + String.join(",", resources) + "]}");
    }

    private static String resource(String plural, String kind, boolean namespaced, String shortName) {
        return "{\"name\":\"" + plural + "\",\"singularName\":\"\",\"namespaced\":" + namespaced + ",\"kind\":\"" + kind
                + "\",\"verbs\":[\"get\",\"list\"]"
                + (shortName.isEmpty() ? "" : ",\"shortNames\":[\"" + shortName + "\"]") + "}";
    }
}
