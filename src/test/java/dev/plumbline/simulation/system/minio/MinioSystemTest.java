package dev.plumbline.simulation.system.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.system.FakeFiles;
import dev.plumbline.simulation.system.FakeWorld;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MinioSystemTest {

    private final FakeFiles files = new FakeFiles();

    private Program start(List<String> command) throws ImageModel.StartFailure {
        return new MinioSystem()
                .images()
                .get(0)
                .start(new ImageModel.Start(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName("minio")
                                .withNamespace("velero")
                                .endMetadata()
                                .build(),
                        new ContainerBuilder()
                                .withImage("minio/minio:x")
                                .withCommand(command)
                                .build(),
                        Map.of("MINIO_ROOT_USER", "admin", "MINIO_ROOT_PASSWORD", "long-enough"),
                        files,
                        new FakeWorld()));
    }

    private static Reply send(Program minio, String method, String path, String key, String body) {
        Map<String, String> headers =
                Map.of("authorization", "AWS4-HMAC-SHA256 Credential=" + key + "/x/us/s3/aws4_request");
        return minio.answer(9000, new Program.Request(method, path, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @Test
    void keepsObjectsInItsDirectory() throws Exception {
        Program first = start(List.of("minio", "server", "/data"));
        assertThat(send(first, "PUT", "/velero", "admin", "").status()).isEqualTo(200);
        assertThat(send(first, "PUT", "/velero/a/b%20c", "admin", "bytes").status())
                .isEqualTo(200);
        first.close();
        Program second = start(List.of("minio", "server", "/data"));
        assertThat(text(send(second, "GET", "/velero/a/b%20c", "admin", ""))).isEqualTo("bytes");
        assertThat(text(send(second, "GET", "/velero?list-type=2&prefix=a/", "admin", "")))
                .contains("<Key>a/b c</Key>");
        assertThat(text(send(second, "GET", "/velero?list-type=2&delimiter=%2F", "admin", "")))
                .contains("<CommonPrefixes><Prefix>a/</Prefix>");
        assertThat(send(second, "DELETE", "/velero/a/b%20c", "admin", "").status())
                .isEqualTo(204);
        assertThat(send(second, "HEAD", "/velero/a/b%20c", "admin", "").status())
                .isEqualTo(404);
    }

    @Test
    void servesADirectoryThatWasThereAsABucket() throws Exception {
        assertThat(start(List.of("sh", "-c", "mkdir -p /data/velero")).exitCode())
                .hasValue(0);
        Program minio = start(List.of("minio", "server", "/data", "--console-address", ":9001"));
        assertThat(send(minio, "HEAD", "/velero", "admin", "").status()).isEqualTo(200);
        assertThat(send(minio, "HEAD", "/other", "admin", "").status()).isEqualTo(404);
        assertThat(minio.listens(9001)).isTrue();
    }

    @Test
    void refusesAWrongKeyAndNone() throws Exception {
        Program minio = start(List.of("minio", "server", "/data"));
        assertThat(send(minio, "PUT", "/velero", "intruder", "").status()).isEqualTo(403);
        Program.Request bare = new Program.Request("GET", "/velero?list-type=2", Map.of(), new byte[0]);
        assertThat(minio.answer(9000, bare).status()).isEqualTo(403);
        assertThat(minio.answer(9000, new Program.Request("GET", "/minio/health/live", Map.of(), new byte[0]))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void saysThatSeveralDrivesAreNotSimulated() {
        assertThatThrownBy(() -> start(List.of("minio", "server", "/data{1...4}")))
                .isInstanceOf(NotSimulated.class)
                .hasMessageContaining("several drives");
    }
}
