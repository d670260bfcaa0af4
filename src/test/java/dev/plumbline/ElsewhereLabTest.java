package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real API server: needs Docker and a node image, which PLUMBLINE_K3S_IMAGE names. */
class ElsewhereLabTest {

    private static final String IMAGE = System.getenv("PLUMBLINE_K3S_IMAGE");

    @TempDir
    private Path directory;

    @Test
    void aStrangersCriteriaHoldOnARealNode() throws IOException {
        if (IMAGE == null) {
            System.out.println("NOT RUN: ElsewhereLabTest needs a node image, PLUMBLINE_K3S_IMAGE is not set");
        }
        assumeTrue(IMAGE != null, "PLUMBLINE_K3S_IMAGE is not set");

        // No manifest of Flux is given, so what judges Flux is blocked and says so.
        assertThat(Elsewhere.verdicts(directory, "--target", "k3s", "--k3s-image", IMAGE))
                .isEqualTo(Map.of(
                        Elsewhere.SHOP,
                        "PASS",
                        "SHOP-METRICS",
                        "PASS",
                        "SHOP-GITOPS",
                        "BLOCKED",
                        "SHOP-LATER",
                        "UNPROVEN"));
    }
}
