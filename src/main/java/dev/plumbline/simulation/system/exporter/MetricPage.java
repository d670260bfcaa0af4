package dev.plumbline.simulation.system.exporter;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds a page in the text format, family by family. */
final class MetricPage {

    private final Map<String, StringBuilder> families = new LinkedHashMap<>();

    /** @param labels name, value, name, value */
    MetricPage gauge(String name, double value, String... labels) {
        return add(name, "gauge", value, labels);
    }

    MetricPage counter(String name, double value, String... labels) {
        return add(name, "counter", value, labels);
    }

    private MetricPage add(String name, String type, double value, String... labels) {
        StringBuilder family =
                families.computeIfAbsent(name, any -> new StringBuilder("# TYPE " + name + " " + type + "\n"));
        family.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            family.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            family.append(MetricTable.escaped(labels[i + 1])).append('"');
        }
        family.append(labels.length > 0 ? "} " : " ");
        family.append(
                new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString());
        family.append('\n');
        return this;
    }

    String text() {
        return String.join("", families.values());
    }
}
