package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lab.LabNode;
import dev.plumbline.lab.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same on a real node, whose messages echo objects, with credentials in the kubeconfig. */
@ExtendWith(LabNode.class)
class CanaryLabTest {

    private static final Pattern KEY = Pattern.compile("client-key-data\"?: *\"?([A-Za-z0-9+/=]+)");

    @TempDir
    private Path directory;

    @Test
    void noSecretIsInAnythingThatARunSays(Node node) throws Exception {
        Canaries canaries = new Canaries(directory);
        canaries.write();
        Files.writeString(directory.resolve("profile.yaml"), "clusterUid: " + node.uid() + "\nwritable: [canary]\n");

        Map<String, String> said = canaries.run(
                "--target",
                "kubeconfig",
                "--kubeconfig",
                kubeconfig(node, canaries),
                "--allow-writes",
                "--profile",
                "profile.yaml");

        assertThat(canaries.found(said)).isEmpty();
        assertThat(said.keySet()).anyMatch(file -> file.contains("evidence/CANARY-02/log-web-"));
        assertThat(said.get("said/out"))
                .contains("Deployment \"web\" in namespace \"canary\"", "*** was refused", "field is immutable");
    }

    /** Its user has a token, too, which the API server never needs to look at. */
    private String kubeconfig(Node node, Canaries canaries) throws IOException {
        String text = Files.readString(node.kubeconfig());
        Matcher key = KEY.matcher(text);
        assertThat(key.find()).isTrue();
        canaries.also("client key", key.group(1).substring(100, 140));
        List<String> pem = new String(Base64.getDecoder().decode(key.group(1)), StandardCharsets.UTF_8)
                .lines()
                .toList();
        canaries.also("line of the client key", pem.get(1));
        Path file = directory.resolve("kubeconfig");
        Files.writeString(
                file,
                text.replaceFirst(
                        "(\"?)client-key-data\"?:",
                        Matcher.quoteReplacement("token: \"" + canaries.core("kubetoken") + "\", ") + "$0"));
        return file.toString();
    }
}
