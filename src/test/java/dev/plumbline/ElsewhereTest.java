package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElsewhereTest {

    @TempDir
    private Path directory;

    @Test
    void aStrangersCriteriaHoldOnTheSimulation() throws IOException {
        assertThat(Elsewhere.verdicts(directory, "--target", "simulated"))
                .isEqualTo(Map.of(
                        Elsewhere.SHOP,
                        "PASS",
                        "SHOP-METRICS",
                        "PASS",
                        "SHOP-GITOPS",
                        "PASS",
                        "SHOP-LATER",
                        "UNPROVEN"));
    }
}
