package dev.plumbline.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Several runs on one page: a column for each, a row for each criterion that one of them has. */
public final class SideBySide {

    private final Map<Path, RunRecord> runs = new LinkedHashMap<>();
    private final Map<Path, Map<String, CriterionResult>> byId = new LinkedHashMap<>();

    /** @param runs masked, by their folders of reports */
    public SideBySide(Map<String, RunRecord> runs) {
        runs.forEach((folder, run) -> {
            this.runs.put(Path.of(folder), run);
            Map<String, CriterionResult> results = new HashMap<>();
            run.criteria().forEach(result -> results.put(result.criterion().id(), result));
            byId.put(Path.of(folder), results);
        });
    }

    /** @param simulated whether one of them is */
    public record Together(boolean simulated, String simulatedWords, List<Column> columns, List<Document> documents) {}

    /** A run. {@code href} is its own page. */
    public record Column(
            String name,
            String target,
            boolean simulated,
            String href,
            String conformance,
            String description,
            String started,
            String criteria,
            List<Page.Count> counts) {}

    public record Document(String name, int differing, List<Row> rows) {}

    /** A criterion. {@code differs} when the runs that have it do not agree. */
    public record Row(String id, String text, boolean differs, List<Cell> cells) {}

    /** What a run says of a criterion; all empty when it says nothing. */
    public record Cell(String verdict, String word, String reason, String value, String href) {}

    /** Writes the page; its links to the runs' pages are relative. */
    public void write(Path page) throws IOException {
        Path place = Objects.requireNonNull(page.toAbsolutePath().normalize().getParent());
        Files.createDirectories(place);
        Together together = together(place);
        AtomicFile.written(page, out -> new Layout().write("together.ftlh", together, out));
    }

    private Together together(Path place) {
        boolean simulated = runs.values().stream().anyMatch(RunRecord::simulated);
        List<Column> columns = new ArrayList<>();
        runs.forEach((folder, run) -> columns.add(column(folder, run, href(place, folder))));
        List<String> documents = runs.values().stream()
                .flatMap(run -> run.documents().stream())
                .distinct()
                .toList();
        return new Together(
                simulated,
                Phrases.SIMULATED,
                columns,
                documents.stream().map(name -> document(name, place)).toList());
    }

    private static Column column(Path folder, RunRecord run, String href) {
        return new Column(
                String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
                run.target(),
                run.simulated(),
                href,
                run.conformance().word(),
                run.targetDescription(),
                PageBuilder.MOMENT.format(run.started()),
                Phrases.plural(run.criteria().size(), "criterion"),
                PageBuilder.counts(run.criteria()));
    }

    private Document document(String name, Path place) {
        Map<String, String> texts = new LinkedHashMap<>();
        runs.values()
                .forEach(run -> run.of(name)
                        .forEach(result -> texts.putIfAbsent(
                                result.criterion().id(), result.criterion().text())));
        List<Row> rows = texts.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue(), place))
                .toList();
        return new Document(name, (int) rows.stream().filter(Row::differs).count(), rows);
    }

    private Row row(String id, String text, Path place) {
        List<Cell> cells = new ArrayList<>();
        byId.forEach((folder, results) -> cells.add(Optional.ofNullable(results.get(id))
                .map(result -> cell(result, href(place, folder)))
                .orElse(new Cell("", "", "", "", ""))));
        boolean differs = cells.stream()
                        .map(Cell::verdict)
                        .filter(said -> !said.isEmpty())
                        .distinct()
                        .count()
                > 1;
        return new Row(id, text, differs, cells);
    }

    private static Cell cell(CriterionResult result, String href) {
        Optional<String> value =
                Headline.of(result).map(measurement -> Phrases.quantity(measurement.value(), measurement.unit()));
        return new Cell(
                PageBuilder.code(result.verdict()),
                Phrases.verdict(result.verdict()),
                result.reason(),
                value.orElse(""),
                href + "#" + PageBuilder.anchor(result));
    }

    private static String href(Path place, Path folder) {
        return place.relativize(folder.toAbsolutePath().normalize())
                .resolve("index.html")
                .toString()
                .replace('\\', '/');
    }
}
