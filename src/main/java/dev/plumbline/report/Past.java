package dev.plumbline.report;

import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.Verdict;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What earlier runs on the same target said, by criterion, oldest first. */
record Past(Map<String, List<HistoryLine>> byId) {

    /** As many as the plot and the usual value look back. */
    private static final int SHOWN = 20;

    private static final int USUAL = 14;

    /** Fewer runs than this do not say what is usual. */
    private static final int ENOUGH = 5;

    private static final double UNUSUAL = 1.3;

    static Past of(String target, History history) {
        Map<String, List<HistoryLine>> byId = new LinkedHashMap<>();
        history.lines().stream()
                .filter(line -> line.target().equals(target))
                .sorted(Comparator.comparing(HistoryLine::at))
                .forEach(line ->
                        byId.computeIfAbsent(line.id(), id -> new ArrayList<>()).add(line));
        return new Past(byId);
    }

    List<HistoryLine> of(CriterionResult result) {
        return byId.getOrDefault(result.criterion().id(), List.of());
    }

    /** Criteria whose verdict is not that of their last run; what got worse first. */
    List<Page.Change> changes(RunRecord run) {
        return run.criteria().stream()
                .flatMap(result -> last(result)
                        .filter(before -> before.verdict() != result.verdict())
                        .map(before -> Map.entry(before, result))
                        .stream())
                .sorted(Comparator.comparing(entry -> entry.getValue().verdict()))
                .map(entry -> change(entry.getKey().verdict(), entry.getValue()))
                .toList();
    }

    private Optional<HistoryLine> last(CriterionResult result) {
        List<HistoryLine> lines = of(result);
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
    }

    private static Page.Change change(Verdict before, CriterionResult result) {
        return new Page.Change(
                PageBuilder.anchor(result),
                result.criterion().id(),
                PageBuilder.code(before),
                Phrases.verdict(before),
                PageBuilder.code(result.verdict()),
                Phrases.verdict(result.verdict()));
    }

    /** A sentence when a value that still meets its limit is far above what is usual. */
    Optional<String> unusual(CriterionResult result) {
        Optional<Measurement> main = Headline.of(result).filter(Past::smallerIsBetter);
        List<Double> usual = values(of(result).stream()).toList();
        usual = usual.subList(Math.max(0, usual.size() - USUAL), usual.size());
        if (main.isEmpty() || usual.size() < ENOUGH || !result.verdict().green()) {
            return Optional.empty();
        }
        double p95 = p95(usual);
        Measurement now = main.get();
        return now.value() <= UNUSUAL * p95
                ? Optional.empty()
                : Optional.of(now.name() + " " + Phrases.quantity(now.value(), now.unit()) + ", usually up to "
                        + Phrases.quantity(p95, now.unit()) + " (p95 of the last " + usual.size() + " runs)");
    }

    private static boolean smallerIsBetter(Measurement measurement) {
        return measurement.limit() != null && measurement.limit().op().startsWith("<");
    }

    private static Stream<Double> values(Stream<HistoryLine> lines) {
        return lines.map(HistoryLine::value).filter(Objects::nonNull).map(Double::doubleValue);
    }

    static double p95(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
    }

    Page.Trend trend(CriterionResult result) {
        List<HistoryLine> lines = of(result);
        List<HistoryLine> shown = lines.subList(Math.max(0, lines.size() - SHOWN), lines.size());
        if (shown.isEmpty()) {
            return new Page.Trend(List.of(), "", "");
        }
        List<Page.Dot> dots = new ArrayList<>();
        shown.forEach(line -> dots.add(dot(line.verdict(), day(line))));
        dots.add(dot(result.verdict(), "this run"));
        List<Double> values = Stream.concat(
                        values(shown.stream()), Headline.of(result).map(Measurement::value).stream())
                .toList();
        return new Page.Trend(dots, plot(values), since(lines, result.verdict()));
    }

    private static Page.Dot dot(Verdict verdict, String when) {
        return new Page.Dot(PageBuilder.code(verdict), when + ": " + Phrases.verdict(verdict));
    }

    private static String day(HistoryLine line) {
        return line.at().atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** Points in a box of 100 by 24. */
    private static String plot(List<Double> values) {
        if (values.size() < 2) {
            return "";
        }
        double top = Math.max(1e-9, Collections.max(values));
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            double x = 100.0 * i / (values.size() - 1);
            double y = 22 - 20 * Math.max(0, values.get(i)) / top;
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }
        return points.toString().strip();
    }

    /** Since when the criterion has been as it is, in words. */
    private static String since(List<HistoryLine> lines, Verdict now) {
        int first = lines.size();
        while (first > 0 && lines.get(first - 1).verdict() == now) {
            first--;
        }
        return first == lines.size()
                ? "was " + Phrases.verdict(lines.get(first - 1).verdict()) + " in the last run"
                : Phrases.verdict(now) + " since " + day(lines.get(first)) + " ("
                        + Phrases.plural(lines.size() - first + 1, "run") + ")";
    }
}
