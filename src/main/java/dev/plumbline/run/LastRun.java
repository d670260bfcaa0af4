package dev.plumbline.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** What the last run in a reports folder left to do. */
public final class LastRun {

    private static final Set<String> SETTLED = Set.of("PASS", "NOT_APPLICABLE", "PENDING", "UNPROVEN");

    private LastRun() {}

    /**
     * The ids of the criteria that did not pass.
     *
     * @throws BadInput when there is no readable statement of a last run
     */
    public static Set<String> notPassed(Path reports) {
        Path statement = reports.resolve("statement.json");
        try {
            Set<String> ids = new HashSet<>();
            for (JsonNode criterion :
                    new ObjectMapper().readTree(statement.toFile()).path("criteria")) {
                if (!SETTLED.contains(criterion.path("verdict").asText())) {
                    ids.add(criterion.path("id").asText());
                }
            }
            return ids;
        } catch (IOException e) {
            throw new BadInput(
                    statement + ": --only-failed needs the statement of an earlier run there: run once without");
        }
    }
}
