package dev.plumbline.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the run's time went: each attempt of a scenario as a bar between the run's start and end. */
final class TimeAxis {

    private static final int MOST_BARS = 120;
    private static final int TICKS = 5;

    private record Piece(CriterionResult result, ScenarioResult scenario, Attempt attempt) {}

    private TimeAxis() {}

    static Page.Axis of(RunRecord run) {
        List<Piece> pieces = run.criteria().stream()
                .flatMap(result -> result.scenarios().stream().flatMap(scenario -> pieces(result, scenario)))
                .toList();
        if (pieces.isEmpty()) {
            return new Page.Axis(List.of(), List.of(), "");
        }
        Instant end = pieces.stream()
                .map(piece -> piece.attempt().started().plus(piece.attempt().took()))
                .max(Comparator.naturalOrder())
                .filter(last -> last.isAfter(run.finished()))
                .orElse(run.finished());
        Duration whole = Duration.between(run.started(), end);
        List<Page.Bar> bars = pieces.stream()
                .sorted(Comparator.comparing((Piece piece) -> piece.attempt().took())
                        .reversed())
                .limit(MOST_BARS)
                .sorted(Comparator.comparing((Piece piece) -> piece.attempt().started()))
                .map(piece -> bar(piece, run.started(), whole))
                .toList();
        String note = pieces.size() > MOST_BARS ? "the " + MOST_BARS + " longest of " + pieces.size() : "";
        return new Page.Axis(ticks(whole), bars, note);
    }

    private static Stream<Piece> pieces(CriterionResult result, ScenarioResult scenario) {
        return scenario.attempts().stream().map(attempt -> new Piece(result, scenario, attempt));
    }

    private static Page.Bar bar(Piece piece, Instant start, Duration whole) {
        Attempt attempt = piece.attempt();
        Duration offset = Duration.between(start, attempt.started());
        return new Page.Bar(
                PageBuilder.anchor(piece.result()),
                piece.result().criterion().id(),
                piece.scenario().example().name(),
                PageBuilder.code(attempt.verdict()),
                share(offset, whole),
                share(attempt.took(), whole),
                Phrases.duration(attempt.took()),
                String.join(", ", piece.scenario().example().locks()));
    }

    private static String share(Duration part, Duration whole) {
        return PageBuilder.share((double) part.toNanos(), (double) whole.toNanos());
    }

    private static List<Page.Tick> ticks(Duration whole) {
        List<Page.Tick> ticks = new ArrayList<>();
        for (int i = 0; i <= TICKS; i++) {
            Duration at = whole.multipliedBy(i).dividedBy(TICKS);
            ticks.add(new Page.Tick(PageBuilder.share(i, TICKS), i == 0 ? "0" : Phrases.duration(at)));
        }
        return ticks;
    }
}
