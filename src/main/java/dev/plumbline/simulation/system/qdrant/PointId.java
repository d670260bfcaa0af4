package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Comparator;
import java.util.regex.Pattern;

/** The id of a point: a number or a UUID; numbers come first. */
record PointId(boolean uuid, long number, String text) implements Comparable<PointId> {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
    private static final Comparator<PointId> ORDER = Comparator.comparing(PointId::uuid)
            .thenComparing(PointId::number, Long::compareUnsigned)
            .thenComparing(PointId::text);

    static PointId of(JsonNode node) {
        if (node.isIntegralNumber() && node.asLong() >= 0) {
            return new PointId(false, node.asLong(), "");
        }
        String text = node.asText("").toLowerCase(java.util.Locale.ROOT);
        if (!node.isTextual() || !UUID.matcher(text).matches()) {
            throw Refusal.format("value " + node
                    + " is not a valid point ID, valid values are either an unsigned integer or a UUID");
        }
        String digits = text.replace("-", "");
        return new PointId(
                true,
                0,
                digits.substring(0, 8) + "-" + digits.substring(8, 12) + "-" + digits.substring(12, 16) + "-"
                        + digits.substring(16, 20) + "-" + digits.substring(20));
    }

    /** As it stands in a path. */
    static PointId parse(String text) {
        return text.matches("[0-9]{1,18}")
                ? new PointId(false, Long.parseLong(text), "")
                : of(JsonNodeFactory.instance.textNode(text));
    }

    JsonNode json() {
        return uuid ? JsonNodeFactory.instance.textNode(text) : JsonNodeFactory.instance.numberNode(number);
    }

    @Override
    public int compareTo(PointId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return uuid ? text : Long.toUnsignedString(number);
    }
}
