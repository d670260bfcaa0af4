package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldPathTest {

    private static final Map<String, Object> OBJECT = Map.of(
            "metadata", Map.of("annotations", Map.of("a.b/c", "yes")),
            "spec", Map.of("containers", List.of(Map.of("image", "nginx"))));

    @Test
    void walksFieldsElementsAndQuotedNames() {
        assertThat(FieldPath.parse(".spec.containers[0].image").in(OBJECT)).contains("nginx");
        assertThat(FieldPath.parse(".metadata.annotations[\"a.b/c\"]").in(OBJECT))
                .contains("yes");
    }

    @Test
    void isAbsentWhereTheWayEnds() {
        assertThat(FieldPath.parse(".spec.containers[1].image").in(OBJECT)).isEmpty();
        assertThat(FieldPath.parse(".spec.replicas").in(OBJECT)).isEmpty();
    }

    @Test
    void becomesAJsonPointer() {
        assertThat(FieldPath.parse(".metadata.annotations[\"a.b/c\"]").pointer())
                .isEqualTo("/metadata/annotations/a.b~1c");
    }

    @Test
    void refusesWhatIsNoPathAndSaysWhere() {
        assertThatThrownBy(() -> FieldPath.parse(".spec replicas"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column 6");
        assertThatThrownBy(() -> FieldPath.parse("")).isInstanceOf(IllegalArgumentException.class);
    }
}
