package dev.plumbline.simulation.system.flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.gitops.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The part of Helm's templates that is simulated, and that the rest is refused. */
class ChartTest {

    @Test
    void valuesOfTheReleaseComeBeforeThoseOfTheChart() throws Chart.NotSimulated {
        Chart chart = chart("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: "{{ .Release.Name }}-{{ .Release.Namespace }}"}
                data: {greeting: {{ .Values.text.greeting | quote }}, size: {{ .Values.size | quote }}}
                """);

        var object = chart.render("web", "shop", Map.of("text", Map.of("greeting", "say \"hi\"")))
                .get(0);

        assertThat(object.getMetadata().getName()).isEqualTo("web-shop");
        assertThat(object.<String>get("data", "greeting")).isEqualTo("say \"hi\"");
        assertThat(object.<String>get("data", "size")).isEqualTo("3");
        assertThat(chart.version()).isEqualTo("1.2.3+0123456789ab");
    }

    @Test
    void whatIsNotSimulatedIsNamed() {
        assertThatThrownBy(() -> chart("{{ if .Values.size }}").render("web", "shop", Map.of()))
                .isInstanceOf(Chart.NotSimulated.class)
                .hasMessageContaining("not simulated: {{ if .Values.size }}");
        assertThatThrownBy(() -> chart("{{ .Values.none.there }}").render("web", "shop", Map.of()))
                .hasMessageContaining(".Values.none.there");
        assertThatThrownBy(() -> Chart.of(new Snapshot("0123456789abcdef", new TreeMap<>()), "./charts/web"))
                .hasMessageContaining("chart './charts/web' not found");
    }

    private static Chart chart(String template) throws Chart.NotSimulated {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("charts/web/Chart.yaml", bytes("name: web\nversion: 1.2.3\n"));
        files.put("charts/web/values.yaml", bytes("text: {greeting: Hello}\nsize: 3\n"));
        files.put("charts/web/templates/all.yaml", bytes(template));
        return Chart.of(new Snapshot("0123456789abcdef0123", files), "./charts/web");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
