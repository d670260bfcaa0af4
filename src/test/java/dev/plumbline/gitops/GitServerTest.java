package dev.plumbline.gitops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GitServerTest {
    private static final Instant WHEN = Instant.parse("2026-11-20T10:00:00Z");

    private GitServer server;
    private GitRepository repository;

    @BeforeEach
    void start() throws IOException {
        server = GitServer.start(InetAddress.getLoopbackAddress());
        repository = server.create("apps");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFetchSeesTheNewestCommitAndNothingElse() throws GitException {
        repository.commit(Map.of("a/one.yaml", bytes("1"), "two.yaml", bytes("2")), Set.of(), "first", WHEN);
        String second = repository.commit(Map.of("two.yaml", bytes("22")), Set.of("a"), "second", WHEN);

        Snapshot snapshot = remote("apps").fetch("main");

        assertThat(snapshot.commit()).isEqualTo(second).isEqualTo(remote("apps").head("main"));
        assertThat(snapshot.files()).containsOnlyKeys("two.yaml");
        assertThat(snapshot.files().get("two.yaml")).isEqualTo(bytes("22"));
    }

    @Test
    void anEarlierCommitCanBeFetchedByItsId() throws GitException {
        String first = repository.commit(Map.of("a", bytes("1")), Set.of(), "first", WHEN);
        repository.commit(Map.of("a", bytes("2")), Set.of(), "second", WHEN);

        assertThat(remote("apps").fetch(first).files().get("a")).isEqualTo(bytes("1"));
    }

    @Test
    void aRevertIsANewCommitWithTheEarlierFiles() throws GitException {
        String first = repository.commit(Map.of("a", bytes("1"), "b", bytes("1")), Set.of(), "first", WHEN);
        String second = repository.commit(Map.of("a", bytes("2")), Set.of("b"), "second", WHEN);

        String third = repository.revert(first, "back", WHEN);

        assertThat(third).isNotIn(first, second);
        assertThat(remote("apps").head("main")).isEqualTo(third);
        assertThat(repository.files(third)).containsOnlyKeys("a", "b");
        assertThat(repository.files(second)).containsOnlyKeys("a");
    }

    @Test
    void aBranchGoesItsOwnWayUntilItIsReset() throws GitException {
        String first = repository.commit(Map.of("a", bytes("1")), Set.of(), "first", WHEN);
        GitRepository feature = repository.branch("feature/x");
        assertThat(feature.head()).isEmpty();
        feature.reset(first);
        String second = feature.commit(Map.of("b", bytes("1")), Set.of(), "second", WHEN);

        assertThat(remote("apps").head("feature/x")).isEqualTo(second);
        assertThat(remote("apps").head("main")).isEqualTo(first);
        feature.reset(first);
        assertThat(remote("apps").head("feature/x")).isEqualTo(first);
    }

    @Test
    void sameContentAndTimeGiveTheSameCommit() {
        GitRepository other = server.create("other");
        assertThat(repository.commit(Map.of("a", bytes("1")), Set.of(), "first", WHEN))
                .isEqualTo(other.commit(Map.of("a", bytes("1")), Set.of(), "first", WHEN));
    }

    @Test
    void whatCannotBeCommittedIsRefused() {
        assertThatThrownBy(() -> repository.commit(Map.of(), Set.of("gone.yaml"), "m", WHEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gone.yaml");
        assertThatThrownBy(() -> repository.commit(Map.of("../out", bytes("1")), Set.of(), "m", WHEN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.reset("0123456789012345678901234567890123456789"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no commit 0123");
        assertThat(repository.head()).isEmpty();
    }

    @Test
    void errorsOfARemoteSayWhatIsMissing() throws GitException {
        repository.commit(Map.of("a", bytes("1")), Set.of(), "first", WHEN);
        assertThatThrownBy(() -> remote("apps").head("dev"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("no ref \"refs/heads/dev\"");
        assertThatThrownBy(() -> remote("nothing").head("main"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("nothing.git: repository not found");
        server.close();
        assertThatThrownBy(() -> remote("apps").fetch("main"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("apps.git");
    }

    @Test
    void aPrivateRepositoryWantsItsCredentials() throws GitException {
        Credentials right = new Credentials("flux", "s3cret");
        server.create("private", right).commit(Map.of("a", bytes("1")), Set.of(), "first", WHEN);

        assertThat(remote("private", Optional.of(right)).fetch("main").files()).containsOnlyKeys("a");
        for (Optional<Credentials> wrong :
                Set.of(Optional.<Credentials>empty(), Optional.of(new Credentials("flux", "no")))) {
            assertThatThrownBy(() -> remote("private", wrong).fetch("main"))
                    .isInstanceOf(GitException.class)
                    .hasMessageContaining("private.git: not authorized")
                    .hasMessageNotContaining("s3cret");
        }
        assertThat(right.toString()).doesNotContain("s3cret");
    }

    @Test
    void nobodyPushesAndEverythingElseIsNotFound() throws Exception {
        assertThat(status("GET", "/apps.git/info/refs?service=git-receive-pack", new byte[0]))
                .isEqualTo(403);
        assertThat(status("POST", "/apps.git/git-receive-pack", new byte[0])).isEqualTo(403);
        assertThat(status("GET", "/apps.git/info/refs", new byte[0])).isEqualTo(404);
        assertThat(status("GET", "/apps.git/git-upload-pack", new byte[0])).isEqualTo(404);
        assertThat(status("GET", "/apps.git/HEAD", new byte[0])).isEqualTo(404);
        assertThat(status("GET", "/", new byte[0])).isEqualTo(404);
        server.remove("apps");
        assertThat(status("GET", "/apps.git/info/refs?service=git-upload-pack", new byte[0]))
                .isEqualTo(404);
    }

    @Test
    void aCompressedRequestInProtocolVersion2IsUnderstood() throws Exception {
        String head = repository.commit(Map.of("a", bytes("1")), Set.of(), "first", WHEN);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(body)) {
            gzip.write(bytes("0014command=ls-refs\n00010000"));
        }
        HttpRequest request = HttpRequest.newBuilder(uri("/apps.git/git-upload-pack"))
                .header("Git-Protocol", "version=2")
                .header("Content-Encoding", "gzip")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();

        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(UTF_8));

        assertThat(answer.body()).contains(head + " refs/heads/main").doesNotContain("ERR");
    }

    private int status(String method, String path, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }

    private RemoteRepository remote(String name) {
        return remote(name, Optional.empty());
    }

    private RemoteRepository remote(String name, Optional<Credentials> credentials) {
        return new RemoteRepository(uri("/" + name + ".git").toString(), credentials, Duration.ofSeconds(10));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
