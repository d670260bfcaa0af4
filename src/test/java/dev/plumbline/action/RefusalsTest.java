package dev.plumbline.action;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.NotMeasured;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API server's words as Kubernetes 1.34 says them; all of these have the code of a missing right. */
class RefusalsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pods "p" is forbidden: User "u" cannot create resource "pods" in API group "" in the namespace "n" | no permission for applying p | User "u" cannot create resource "pods"
            roles "r" is forbidden: user "u" (groups=["g"]) is attempting to grant RBAC permissions not currently held:/{APIGroups:[""], Resources:["endpoints"], Verbs:["get"]} | no permission for applying p | held: {APIGroups:[""], Resources:["endpoints"], Verbs:["get"]}
            pods "p" is forbidden: exceeded quota: no-pods, requested: pods=1, used: pods=0, limited: pods=0 | applying p was not admitted | exceeded quota: no-pods
            pods "p" is forbidden: violates PodSecurity "restricted:latest": privileged | applying p was not admitted | violates PodSecurity
            """)
    void aMissingRightIsToldFromWhatIsNotAdmitted(String message, String beginning, String part) {
        KubernetesClientException refusal = new KubernetesClientException(new StatusBuilder()
                .withCode(403)
                .withReason("Forbidden")
                .withMessage(message.replace('/', '\n'))
                .build());

        assertThatThrownBy(() -> Refusals.judged("applying p", Concern.NONE, refusal))
                .isInstanceOf(NotMeasured.class)
                .hasMessageStartingWith(beginning)
                .hasMessageContaining(part);
    }
}
