package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.verdict.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpGetTest {

    private static final String NO_ENDPOINTS = """
            {"kind":"Status","apiVersion":"v1","status":"Failure","code":503,
             "message":"no endpoints available for service \\"web\\""}""";

    private final ServiceFixture fixture = new ServiceFixture();

    private static final String SERVICE =
            "{kind: Service, apiVersion: v1, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}}}";
    private static final String POD =
            "{kind: Pod, apiVersion: v1, metadata: {name: web-1, namespace: shop, labels: {app: web}}}";

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Observation<HttpAnswer> look() {
        return new HttpGet(fixture, "shop", "web", 8080, "/healthz").look();
    }

    @Test
    void seesStatusTypeAndBodyOfWhateverTheServiceAnswers() {
        fixture.answers("GET /healthz", 500, "{\"broken\":\"ä\"}");

        assertThat(look())
                .isInstanceOfSatisfying(
                        Observation.Seen.class,
                        seen -> assertThat(seen.value())
                                .isEqualTo(new HttpAnswer(500, "application/json", "{\"broken\":\"ä\"}")));
    }

    @Test
    void aNotFoundOfTheServiceItselfIsAnAnswer() {
        assertThat(look().toString()).startsWith("404");
        assertThat(look()).isInstanceOf(Observation.Seen.class);
    }

    @Test
    void aServiceWhosePodsAreNotReadyIsNotAnsweringYet() {
        fixture.answers("GET /healthz", 503, NO_ENDPOINTS).holds(SERVICE).holds(POD);

        assertThat(look()).isInstanceOf(Observation.Absent.class);
        assertThat(look().toString()).contains("not answering yet: no endpoints available");
    }

    @Test
    void aRefusedConnectionBehindTheProxyIsNotAnsweringYet() {
        fixture.answers("GET /healthz", 502, "error trying to reach service: dial tcp: connect: connection refused")
                .holds(SERVICE)
                .holds(POD);

        assertThat(look()).isInstanceOf(Observation.Absent.class);
    }

    @Test
    void aServiceThatSelectsNoPodIsNotObservable() {
        fixture.answers("GET /healthz", 503, NO_ENDPOINTS).holds(SERVICE);

        assertThat(look())
                .hasToString("not observable: nothing selected: no pod has the labels {app=web} that the service"
                        + " selects");
    }

    @Test
    void isBlockedWhenThePodBehindTheServiceCanNotPullItsImage() {
        fixture.answers("GET /healthz", 503, NO_ENDPOINTS)
                .holds(SERVICE)
                .holds("{kind: Pod, apiVersion: v1, metadata: {name: web-1, namespace: shop, labels: {app: web}},"
                        + " status: {containerStatuses: [{image: 'acme/web:9', state: {waiting: {reason:"
                        + " ImagePullBackOff}}}]}}");

        assertThat(look()).isInstanceOf(Observation.Blocked.class);
        assertThat(look().toString()).contains("acme/web:9");
    }

    @Test
    void noPermissionIsNotObservable() {
        fixture.answers(
                "GET /healthz",
                403,
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"message\":\"services/proxy is forbidden\"}");

        assertThat(look()).isInstanceOf(Observation.Unreachable.class);
        assertThat(look().toString()).contains("no permission: services/proxy is forbidden");
    }

    @Test
    void noServerIsNotObservable() {
        fixture.close();

        assertThat(look()).isInstanceOf(Observation.Unreachable.class);
    }

    @Test
    void aRedirectIsAnAnswerOfItsOwn() {
        fixture.answers("GET /healthz", 302, "");

        assertThat(look().toString()).startsWith("302");
    }

    @Test
    void aPathWithASpaceIsRefused() {
        assertThatThrownBy(() -> new HttpGet(fixture, "shop", "web", 80, "/a b"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
