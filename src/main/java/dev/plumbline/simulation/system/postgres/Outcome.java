package dev.plumbline.simulation.system.postgres;

import java.util.List;
import java.util.Optional;

/**
 * What one statement gave: rows, or only a tag.
 *
 * @param rows texts as psql prints them, null shown as nothing
 * @param tag such as {@code INSERT 0 3}; psql does not print that of a SELECT
 * @param wrote whether the data may have changed
 */
record Outcome(Optional<List<String>> columns, List<List<String>> rows, String tag, boolean wrote) {

    static Outcome tag(String tag, boolean wrote) {
        return new Outcome(Optional.empty(), List.of(), tag, wrote);
    }
}
