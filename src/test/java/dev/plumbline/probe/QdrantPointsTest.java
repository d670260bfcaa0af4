package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.probe.QdrantPoints.Content;
import dev.plumbline.verdict.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QdrantPointsTest {

    private static final String SCROLL = "POST /collections/plumbline/points/scroll";
    private static final String ONE = "{\"id\":1,\"vector\":[0.1,0.2],\"payload\":{\"a\":1,\"b\":2}}";
    private static final String TWO = "{\"id\":2,\"vector\":[0.3,0.4],\"payload\":{}}";

    private final ServiceFixture fixture = new ServiceFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Observation<Content> look() {
        return new QdrantPoints(fixture, "homelab", "qdrant", 6333, "plumbline").look();
    }

    private Content content(String... points) {
        fixture.answers(SCROLL, 200, page("null", points));
        return ((Observation.Seen<Content>) look()).value();
    }

    private static String page(String next, String... points) {
        return "{\"result\":{\"points\":[" + String.join(",", points) + "],\"next_page_offset\":" + next
                + "},\"status\":\"ok\"}";
    }

    @Test
    void readsAllPages() {
        fixture.answers(
                SCROLL,
                asked -> new HttpAnswer(
                        200, "application/json", asked.contains("\"offset\":2") ? page("null", TWO) : page("2", ONE)));

        assertThat(((Observation.Seen<Content>) look()).value()).isEqualTo(content(ONE, TWO));
        assertThat(fixture.requests).hasSize(3);
    }

    @Test
    void theOrderOfPointsAndOfPayloadKeysDoesNotMatter() {
        String swapped = "{\"payload\":{\"b\":2,\"a\":1},\"vector\":[0.1,0.2],\"id\":1}";

        assertThat(content(TWO, swapped)).isEqualTo(content(ONE, TWO));
    }

    @Test
    void anotherVectorIsAnotherContent() {
        assertThat(content(ONE).checksum())
                .isNotEqualTo(content(ONE.replace("0.2", "0.25")).checksum());
    }

    @Test
    void anEmptyCollectionHoldsNothing() {
        assertThat(content().count()).isZero();
    }

    @Test
    void aCollectionThatIsNotThereIsAbsent() {
        fixture.answers(SCROLL, 404, "{\"status\":{\"error\":\"Not found: Collection `plumbline` doesn't exist!\"}}");

        assertThat(look()).isInstanceOf(Observation.Absent.class);
    }

    @Test
    void anErrorOfQdrantIsNotObservable() {
        fixture.answers(SCROLL, 500, "{\"status\":{\"error\":\"disk\"}}");

        assertThat(look()).isInstanceOf(Observation.Unreachable.class);
    }

    @Test
    void sendsNothingToAReadOnlyTarget() {
        fixture.readOnly();

        assertThat(look()).isInstanceOf(Observation.Unreachable.class);
        assertThat(fixture.requests).isEmpty();
    }
}
