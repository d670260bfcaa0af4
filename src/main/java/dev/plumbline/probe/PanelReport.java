package dev.plumbline.probe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the queries of all panels of all dashboards gave. */
public record PanelReport(List<PanelReport.Query> queries) {

    private static final int MOST_NAMED = 5;

    public PanelReport {
        queries = List.copyOf(queries);
    }

    /** What became of one query. */
    public enum Outcome {
        /** At least one sample that is not null. */
        DATA("data"),
        /** No sample, and the panel's description says that it may be so: {@code emptyOk}. */
        DECLARED_EMPTY("declared empty"),
        NO_DATA("no data"),
        /** There is nothing to ask: the panel has no query, or the dashboard no panel. */
        NO_QUERY("no query"),
        ERROR("error");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * One query of one panel, as it was run.
     *
     * @param expression with its variables filled in
     * @param age of the newest sample; empty when there is none or it carries no time
     * @param detail the error, or nothing
     */
    public record Query(
            String dashboard,
            String panel,
            String refId,
            String expression,
            Outcome outcome,
            Optional<Duration> age,
            String detail) {

        /** In place of the queries of a dashboard without panels. */
        static Query none(String dashboard) {
            return new Query(dashboard, "-", "-", "", Outcome.NO_QUERY, Optional.empty(), "the dashboard has no panel");
        }

        public boolean good(Duration oldest) {
            return outcome == Outcome.DECLARED_EMPTY
                    || (outcome == Outcome.DATA
                            && age.filter(a -> a.compareTo(oldest) > 0).isEmpty());
        }

        @Override
        public String toString() {
            return dashboard + " / " + panel + " (" + refId + "): " + outcome
                    + age.map(a -> " " + a.toSeconds() + " s old").orElse("") + (detail.isEmpty() ? "" : ", " + detail);
        }
    }

    /** Whether there is something to judge and every query of it has a sample that is no older than this. */
    public boolean allShowData(Duration oldest) {
        return queries.stream().anyMatch(query -> query.outcome() == Outcome.DATA)
                && queries.stream().allMatch(query -> query.good(oldest));
    }

    /** Why nothing can be said, if no query failed but some panel or dashboard has none. */
    public Optional<String> nothingSelected() {
        if (queries.isEmpty()) {
            return Optional.of("nothing selected: no dashboard has a panel that shows data");
        }
        boolean failed = queries.stream()
                .anyMatch(query -> query.outcome() == Outcome.NO_DATA || query.outcome() == Outcome.ERROR);
        return queries.stream()
                .filter(query -> !failed && query.outcome() == Outcome.NO_QUERY)
                .findFirst()
                .map(query -> "nothing selected: " + query);
    }

    /** The age of the newest sample of the query that is worst off. */
    public Optional<Duration> oldest() {
        return queries.stream().flatMap(query -> query.age().stream()).max(Duration::compareTo);
    }

    public List<Query> bad(Duration oldest) {
        return queries.stream().filter(query -> !query.good(oldest)).toList();
    }

    /** The titles of the dashboards that have queries, each once. */
    public List<String> dashboards() {
        return queries.stream().map(Query::dashboard).distinct().toList();
    }

    @Override
    public String toString() {
        List<Query> lacking = queries.stream()
                .filter(query -> query.outcome() != Outcome.DATA && query.outcome() != Outcome.DECLARED_EMPTY)
                .toList();
        long data = queries.stream()
                .filter(query -> query.outcome() == Outcome.DATA)
                .count();
        String summary =
                data + " of " + queries.size() + " queries of " + dashboards().size() + " dashboards show data"
                        + oldest().map(age -> ", the oldest " + age.toSeconds() + " s old")
                                .orElse("");
        String named = lacking.stream().limit(MOST_NAMED).map(Query::toString).collect(Collectors.joining("; "));
        String more = lacking.size() > MOST_NAMED ? "; and " + (lacking.size() - MOST_NAMED) + " more" : "";
        return lacking.isEmpty() ? summary : summary + "; " + named + more;
    }
}
