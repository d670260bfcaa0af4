package dev.plumbline.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Samples as text, in the form that variables with a pattern expect: {@code name{label="value"} number time}. */
final class PrometheusText {

    private PrometheusText() {}

    /** @param series one element of the result of an instant query */
    static String sample(JsonNode series) {
        List<String> labels = new ArrayList<>();
        series.path("metric").properties().forEach(label -> {
            if (!label.getKey().equals("__name__")) {
                labels.add(label.getKey() + "=\"" + label.getValue().asText() + "\"");
            }
        });
        return series.path("metric").path("__name__").asText("") + "{" + String.join(",", labels) + "} "
                + series.path("value").path(1).asText() + " "
                + Math.round(series.path("value").path(0).asDouble() * 1000);
    }
}
