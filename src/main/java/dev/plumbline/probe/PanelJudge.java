package dev.plumbline.probe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.probe.DashboardPanels.Panel;
import dev.plumbline.probe.PanelReport.Outcome;
import dev.plumbline.probe.PanelReport.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what Grafana answered to the queries of one panel. */
final class PanelJudge {

    private final String dashboard;
    private final Panel panel;
    private final Instant now;

    PanelJudge(String dashboard, Panel panel, Instant now) {
        this.dashboard = dashboard;
        this.panel = panel;
        this.now = now;
    }

    List<Query> judge(JsonNode answer) {
        List<Query> queries = new ArrayList<>();
        for (JsonNode target : panel.targets()) {
            if (!target.path("hide").asBoolean()) {
                String refId = target.path("refId").asText("A");
                queries.add(query(target, refId, answer.path("results").path(refId)));
            }
        }
        if (queries.isEmpty()) {
            queries.add(
                    new Query(dashboard, panel.title(), "-", "", none(), Optional.empty(), "the panel has no query"));
        }
        return queries;
    }

    private Outcome none() {
        return panel.mayBeEmpty() ? Outcome.DECLARED_EMPTY : Outcome.NO_QUERY;
    }

    private Outcome empty() {
        return panel.mayBeEmpty() ? Outcome.DECLARED_EMPTY : Outcome.NO_DATA;
    }

    private Query query(JsonNode target, String refId, JsonNode result) {
        String expression = target.path("expr").asText(target.path("query").asText(""));
        if (result.isMissingNode() || result.has("error")) {
            String error = result.path("error").asText("Grafana did not answer this query");
            return new Query(dashboard, panel.title(), refId, expression, Outcome.ERROR, Optional.empty(), error);
        }
        Newest newest = new Newest();
        result.path("frames").forEach(newest::add);
        return new Query(
                dashboard,
                panel.title(),
                refId,
                expression,
                newest.any ? Outcome.DATA : empty(),
                Optional.ofNullable(newest.at).map(at -> positive(Duration.between(at, now))),
                newest.any || panel.mayBeEmpty() ? "" : expression);
    }

    /** Clocks differ a little: a sample is never from the future. */
    private static Duration positive(Duration age) {
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** The newest row of the frames in which some value is not null. */
    private static final class Newest {

        private boolean any;
        private @org.jspecify.annotations.Nullable Instant at;

        void add(JsonNode frame) {
            JsonNode fields = frame.path("schema").path("fields");
            JsonNode columns = frame.path("data").path("values");
            int time = -1;
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i).path("type").asText().equals("time")) {
                    time = i;
                }
            }
            for (int i = 0; i < columns.size(); i++) {
                if (i != time) {
                    add(columns.get(i), time < 0 ? null : columns.get(time));
                }
            }
        }

        private void add(JsonNode values, @org.jspecify.annotations.Nullable JsonNode times) {
            for (int row = 0; row < values.size(); row++) {
                if (!values.get(row).isNull()) {
                    any = true;
                    if (times != null && times.path(row).isNumber()) {
                        Instant when = Instant.ofEpochMilli(times.path(row).asLong());
                        at = at == null || when.isAfter(at) ? when : at;
                    }
                }
            }
        }
    }
}
