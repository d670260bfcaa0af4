package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanaryTest {

    @TempDir
    private Path directory;

    @Test
    void noSecretIsInAnythingThatARunSays() throws Exception {
        Canaries canaries = new Canaries(directory);
        canaries.write();

        Map<String, String> said = canaries.run("--target", "simulated");

        assertThat(canaries.found(said)).isEmpty();
        assertThat(said.keySet()).anyMatch(file -> file.contains("evidence/CANARY-02/log-web-"));
        assertThat(said.get("said/out"))
                .as("common values stay readable")
                .contains("Deployment \"web\" in namespace \"canary\"", "*** was refused");
    }
}
