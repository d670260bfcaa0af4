package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each headline criterion can fail: with its fault in copies of our manifests or features it does, and says why. */
class HeadlineFaultsTest {

    private static final String QDRANT = "gitops-plan/infrastructure/kubernetes/databases/qdrant/statefulset.yaml";
    private static final String DASHBOARD =
            "gitops-plan/infrastructure/kubernetes/monitoring/grafana/dashboards/database-performance.json";

    @TempDir
    private Path directory;

    @BeforeEach
    void copy() throws IOException {
        copy(Path.of("features"), directory.resolve("features"));
        copy(Path.of("manifests"), directory.resolve("manifests"));
        change(
                "features/rpi-roadmap/velero.feature",
                "manifests/rpi-roadmap",
                directory.resolve("manifests/rpi-roadmap").toString());
    }

    @Test
    void driftIsNotRevertedByASuspendedKustomization() throws IOException {
        change(
                "features/gitops-plan/drift.feature",
                "Then deployment \"redis\" has its declared replicas",
                "And someone changes \".spec.suspend\" of Kustomization.kustomize.toolkit.fluxcd.io \"databases\""
                        + " in namespace \"flux-system\" to \"true\"\n      Then deployment \"redis\" has its declared replicas");

        assertThat(reason("GITOPS-DRIFT-01")).contains(".spec.replicas was 0, expected 1 as Git declares");
    }

    @Test
    void aCommitIsNotDeployedFromASuspendedSource() throws IOException {
        change(
                "features/gitops-plan/deploy.feature",
                "When a commit sets",
                "When someone changes \".spec.suspend\" of GitRepository \"homelab\" in namespace \"flux-system\""
                        + " to \"true\"\n      And a commit sets");

        assertThat(reason("GITOPS-DEPLOY-01")).contains("\"databases\"", "expected at commit");
    }

    @Test
    void qdrantLosesItsPointsFromAnEmptyDir() throws IOException {
        Path file = directory.resolve("manifests").resolve(QDRANT);
        String text = Files.readString(file);
        String claims = text.substring(text.indexOf("  volumeClaimTemplates:"));
        String volumes = "      volumes:\n";
        Files.writeString(
                file,
                text.replace(claims, "")
                        .replace(volumes, volumes + "        - name: storage\n          emptyDir: {}\n"));

        assertThat(reason("QDRANT-PERSIST-01")).contains("Qdrant collection \"plumbline\" was", "expected 1000 points");
    }

    @Test
    void aPanelThatAsksForANameThatNobodyExportsHasNoData() throws IOException {
        change("manifests/" + DASHBOARD, "redis_memory_used_bytes", "redis_memory_spent_bytes");

        assertThat(reason("DASH-NODATA-01")).contains("no data, redis_memory_spent_bytes");
    }

    @Test
    void aBackupWithoutVolumeDataDoesNotPass() throws IOException {
        change(
                "manifests/rpi-roadmap/velero/server.yaml",
                "--default-volumes-to-fs-backup=true",
                "--default-volumes-to-fs-backup=false");

        assertThat(reason("RPI-VEL-RESTORE-01")).contains("0 of 1 claims backed up");
    }

    /** Runs one criterion, which must fail, and returns why. */
    private String reason(String criterion) throws IOException {
        Path reports = directory.resolve("reports");
        int exit = Plumbline.execute(
                "verify",
                "--target",
                "simulated",
                "--features",
                directory.resolve("features").toString(),
                "--manifests",
                directory.resolve("manifests").toString(),
                "--tags",
                "@criterion:" + criterion,
                "--reports",
                reports.toString(),
                "--history",
                reports.resolve("history.jsonl").toString());
        assertThat(exit).isEqualTo(1);
        JsonNode found = new ObjectMapper()
                .readTree(reports.resolve("statement.json").toFile())
                .path("criteria")
                .get(0);
        assertThat(found.path("verdict").asText()).isEqualTo("FAIL");
        return found.path("reason").asText();
    }

    private void change(String file, String from, String to) throws IOException {
        Path path = directory.resolve(file);
        String text = Files.readString(path);
        assertThat(text).as(file + " holds what the fault changes").contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            List<Path> all = paths.toList();
            for (Path path : all) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }
}
