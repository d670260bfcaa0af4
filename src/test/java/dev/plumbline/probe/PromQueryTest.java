package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.verdict.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromQueryTest {

    private final ServiceFixture fixture = new ServiceFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Observation<PromQuery.Result> look(int status, String body) {
        fixture.answers("GET /api/v1/query", status, body);
        return new PromQuery(fixture, "homelab", "prometheus", 9090, "sum(up{job=\"a+b\"})").look();
    }

    private PromQuery.Result seen(String body) {
        return ((Observation.Seen<PromQuery.Result>) look(200, body)).value();
    }

    @Test
    void readsEachSampleWithItsLabelsValueAndTime() {
        var result = seen("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                + "{\"metric\":{\"__name__\":\"up\",\"job\":\"a\"},\"value\":[1767268800.5,\"1\"]},"
                + "{\"metric\":{},\"value\":[1767268800,\"+Inf\"]}]}}");

        assertThat(result.hasData()).isTrue();
        assertThat(result.samples().get(0).labels()).containsEntry("job", "a");
        assertThat(result.samples().get(0).value()).isEqualTo(1);
        assertThat(result.samples().get(0).at()).isEqualTo(ServiceFixture.NOW.plusMillis(500));
        assertThat(result.samples().get(1).value()).isInfinite();
    }

    @Test
    void anEmptyResultIsNoData() {
        var result = seen("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");

        assertThat(result.hasData()).isFalse();
        assertThat(result).hasToString("no data");
    }

    @Test
    void aNumberMadeOfNothingIsNoData() {
        assertThat(seen("{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1767268800,\"NaN\"]}}")
                        .hasData())
                .isFalse();
    }

    @Test
    void aScalarIsOneSample() {
        assertThat(seen("{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1767268800,\"2\"]}}")
                        .samples())
                .hasSize(1);
    }

    @Test
    void anErrorOfTheQueryIsAnAnswerWithItsMessage() {
        var answer = look(400, "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}");

        assertThat(answer).isInstanceOf(Observation.Seen.class);
        assertThat(answer).hasToString("error: bad_data: parse error");
    }

    @Test
    void aServerThatStartsIsNotReadyYet() {
        assertThat(look(503, "Service Unavailable")).isInstanceOf(Observation.Absent.class);
    }

    @Test
    void anotherServersAnswerIsNotObservable() {
        assertThat(look(200, "<html>hello</html>")).isInstanceOf(Observation.Unreachable.class);
    }

    @Test
    void sendsTheQueryUnchanged() {
        seen("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");

        assertThat(fixture.requests)
                .containsExactly(
                        "GET /api/v1/query query=sum(up{job=\"a+b\"})", "GET /api/v1/series match[]=up{job=\"a+b\"}");
    }
}
