package dev.plumbline.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LabNode.class)
final class LabNodeLabTest {

    @Test
    void theAuditLogNamesWhatWasAsked(Node node) {
        try (KubernetesClient client = node.client()) {
            client.configMaps()
                    .inNamespace("default")
                    .withName("asked-for-by-the-lab-test")
                    .get();
        }
        assertThat(node.auditLog()).contains("asked-for-by-the-lab-test");
    }

    @Test
    void aThawedNodeAnswersAgain(Node node) {
        node.freeze();
        node.thaw();
        assertThat(node.uid()).isNotEmpty();
    }
}
