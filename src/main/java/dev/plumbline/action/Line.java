package dev.plumbline.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a journal: the run and the cluster's UID, or an entry with its number, or that everything stays on purpose.
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record Line(
        @Nullable Map<String, String> owner,
        @Nullable String cluster,
        int number,
        @Nullable Undo undo,
        boolean kept) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Line run(Map<String, String> owner, String cluster) {
        return new Line(owner, cluster, 0, null, false);
    }

    static Line entry(int number, Undo undo) {
        return new Line(null, null, number, undo, false);
    }

    static Line keep() {
        return new Line(null, null, 0, null, true);
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an undo entry does not print as JSON", e);
        }
    }

    /**
     * @param where named when it cannot be read
     * @throws IllegalStateException for what no version of ours writes, or only a later one
     */
    static Line read(String json, String where) {
        try {
            return JSON.readValue(json, Line.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    where + ": no entry of a ledger that this version knows: " + e.getOriginalMessage(), e);
        }
    }
}
