package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.plumbline.profile.Profile;
import dev.plumbline.verdict.Observation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KubeconfigTargetTest {

    private static final String GOOD = """
            apiVersion: v1
            kind: Config
            current-context: home
            clusters: [{name: c, cluster: {server: "SERVER"}}]
            users: [{name: u, user: {token: canary-token}}]
            contexts: [{name: home, context: {cluster: c, user: u}}, {name: other, context: {cluster: nope, user: u}}]
            """;

    @TempDir
    private Path dir;

    @Test
    void looksButDoesNotWrite() throws Exception {
        try (TinyApi api = api();
                KubeconfigTarget target = open(api.address(), Profile.EMPTY, false)) {
            api.put("shop", "a", "1");
            Kind configMap = new Kind("", "v1", "ConfigMap", "configmaps", true);
            assertThat(target.feeds().get(new ObjectRef(configMap, "shop", "a")))
                    .isInstanceOf(Observation.Seen.class);
            assertThat(target.access()).isEqualTo(Access.READ_ONLY);
            assertThat(target.description())
                    .isEqualTo("Kubernetes v1.99.0, context \"home\", read-only")
                    .doesNotContain("127.0.0.1");
            assertThatThrownBy(() -> target.client()
                            .configMaps()
                            .inNamespace("shop")
                            .withName("a")
                            .delete())
                    .isInstanceOf(Guard.Refused.class);
            assertThat(target.service("shop", "web", 80).headers())
                    .containsEntry("Authorization", "Bearer canary-token");
            assertThat(target.service("shop", "web", 80)).hasToString("/api/v1/namespaces/shop/services/web:80/proxy/");
            assertThat(target.hostForPods()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void whatItMayNotSeeIsNoLackOfIt() throws Exception {
        try (TinyApi api = api().refuses("/api/v1/nodes", 403);
                KubeconfigTarget target = open(api.address(), Profile.EMPTY, false)) {
            assertThat(target.offers("gpu"))
                    .isInstanceOf(Observation.Unreachable.class)
                    .asString()
                    .contains("no permission to list nodes");
            assertThat(target.offers("lan-range")).hasToString("false");
        }
    }

    @Test
    void writesOnlyToTheClusterThatTheProfilePins() throws Exception {
        try (TinyApi api = api()) {
            assertThatThrownBy(() -> open(api.address(), Profile.EMPTY, true))
                    .isInstanceOf(TargetUnavailable.class)
                    .hasMessageContaining("kube-system UID uid-1")
                    .hasMessageContaining("write clusterUid: uid-1 there");
            assertThatThrownBy(() -> open(api.address(), pinning("uid-2"), true))
                    .isInstanceOf(TargetUnavailable.class)
                    .hasMessageContaining("p.yaml says clusterUid: uid-2");
            try (KubeconfigTarget target = open(api.address(), pinning("uid-1"), true)) {
                assertThat(target.access()).isEqualTo(Access.OWN_NAMESPACES);
                target.client().configMaps().inNamespace("listed").withName("a").delete();
                assertThatThrownBy(() -> target.adopt("kube-system"))
                        .isInstanceOf(Guard.Refused.class)
                        .hasMessageContaining("no run of ours created it");
            }
        }
    }

    @Test
    void saysWithinSecondsThatNobodyAnswers() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String server = "http://127.0.0.1:" + mute.getLocalPort();
            assertTimeout(
                    Duration.ofSeconds(7),
                    () -> assertThatThrownBy(() -> open(server, Profile.EMPTY, false))
                            .isInstanceOf(TargetUnavailable.class)
                            .hasMessageContaining("the current context cannot be reached (no answer within 5 s)"));
        }
        assertThatThrownBy(() -> open("http://127.0.0.1:1", Profile.EMPTY, false))
                .isInstanceOf(TargetUnavailable.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void saysThatTheCredentialsAreNotAccepted() throws Exception {
        try (TinyApi api = api().refuses("/version", 401)) {
            assertThatThrownBy(() -> open(api.address(), Profile.EMPTY, false))
                    .isInstanceOf(TargetUnavailable.class)
                    .hasMessageContaining("does not accept the credentials");
        }
    }

    @Test
    void namesAFileThatIsMissing() {
        Path missing = dir.resolve("missing");
        assertThatThrownBy(() -> new Kubeconfig(missing, Optional.empty()).read())
                .isInstanceOf(TargetUnavailable.class)
                .hasMessageContaining(missing + ": ")
                .hasMessageContaining("--kubeconfig");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token: \"canary-token | :1: not YAML",
                "just text | not a kubeconfig",
                "clusters: [] | not a kubeconfig",
                "{clusters: [], contexts: []} | no current-context",
                "{clusters: [], contexts: [], current-context: x} | no context \"x\"",
            })
    void saysWhatIsWrongWithAFileAndKeepsItsSecrets(String content, String message) throws IOException {
        Path file = Files.writeString(dir.resolve("config"), content);
        assertThatThrownBy(() -> new Kubeconfig(file, Optional.empty()).read())
                .isInstanceOf(TargetUnavailable.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message)
                .message()
                .doesNotContain("canary")
                .doesNotContain("\n");
    }

    @Test
    void namesTheContextsThatThereAre() throws IOException {
        Path file = Files.writeString(dir.resolve("config"), GOOD);
        assertThatThrownBy(() -> new Kubeconfig(file, Optional.of("work")).read())
                .hasMessageContaining("no context \"work\"; expected one of home, other");
        assertThatThrownBy(() -> new Kubeconfig(file, Optional.of("other")).read())
                .hasMessageContaining("names cluster \"nope\", which is not there");
        assertThatThrownBy(() -> new Kubeconfig(file, Optional.of("home")).read())
                .hasMessageContaining("cluster \"c\" has no server address");
    }

    private KubeconfigTarget open(String server, Profile profile, boolean allowWrites)
            throws IOException, InterruptedException {
        Path file = Files.writeString(dir.resolve("config"), GOOD.replace("SERVER", server));
        return KubeconfigTarget.open(new Kubeconfig(file, Optional.empty()), List.of(profile), allowWrites, "r1");
    }

    private static TinyApi api() throws IOException {
        return new TinyApi()
                .serves("/version", "{\"major\":\"1\",\"minor\":\"99\",\"gitVersion\":\"v1.99.0\"}")
                .serves(
                        "/api/v1/namespaces/kube-system",
                        "{\"kind\":\"Namespace\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"kube-system\",\"uid\":\"uid-1\"}}");
    }

    private static Profile pinning(String uid) {
        return new Profile("p.yaml", Optional.of(uid), Set.of("listed"), Map.of(), List.of());
    }
}
