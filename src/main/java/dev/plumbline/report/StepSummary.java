package dev.plumbline.report;

import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The summary of a run that GitHub shows under a workflow run, in its Markdown. */
public final class StepSummary {

    /** The variable that names the file to append to; it is set where GitHub runs a step. */
    public static final String VARIABLE = "GITHUB_STEP_SUMMARY";

    /** GitHub refuses a summary over 1 MiB. */
    private static final int MOST_ROWS = 200;

    private StepSummary() {}

    /** Appends the summary of a run. */
    public static void append(RunRecord record, Mask mask, Path file) throws IOException {
        String text = markdown(MaskedRecord.of(record, mask));
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static String markdown(RunRecord run) {
        StringBuilder text =
                new StringBuilder("## Plumbline: " + run.conformance().word() + " on " + run.target() + "\n\n");
        if (run.simulated()) {
            text.append("> [!WARNING]\n> **SIMULATED.** ")
                    .append(Phrases.SIMULATED)
                    .append("\n\n");
        }
        text.append(cell(Phrases.exit(run)))
                .append(" (exit code ")
                .append(run.exitCode())
                .append("). ")
                .append(cell(run.targetReason()))
                .append("\n\n| document | criteria | verdicts |\n|---|---:|---|\n");
        for (String document : run.documents()) {
            List<CriterionResult> own = run.of(document);
            text.append("| %s | %d | %s |\n".formatted(cell(document), own.size(), counts(own)));
        }
        return text.append(worst(run))
                .append(bullets("remains on the cluster", run.leftovers()))
                .append(bullets("remark", run.remarks()))
                .toString();
    }

    private static String worst(RunRecord run) {
        List<CriterionResult> rows = run.criteria().stream()
                .filter(result -> result.active() && !result.verdict().green())
                .sorted(Comparator.comparing(CriterionResult::verdict))
                .toList();
        if (rows.isEmpty()) {
            return "";
        }
        String table = rows.stream()
                .limit(MOST_ROWS)
                .map(result -> String.format(
                        Locale.ROOT,
                        "| %s | %s | %s |\n",
                        result.verdict(),
                        cell(result.criterion().id()),
                        cell(result.reason())))
                .collect(Collectors.joining());
        String more = rows.size() > MOST_ROWS ? "\n" + (rows.size() - MOST_ROWS) + " more in index.html\n" : "";
        return "\n| verdict | criterion | reason |\n|---|---|---|\n" + table + more;
    }

    private static String bullets(String word, List<String> lines) {
        return lines.stream()
                .limit(MOST_ROWS)
                .map(line -> "\n- " + word + ": " + cell(line))
                .collect(Collectors.joining("", "", lines.isEmpty() ? "" : "\n"));
    }

    private static String counts(List<CriterionResult> criteria) {
        return RunRecord.counts(criteria).entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map((Map.Entry<Verdict, Integer> entry) -> entry.getValue() + " " + Phrases.verdict(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    /** One line that Markdown takes as it is. */
    private static String cell(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .replace("`", "\\`")
                .replace("*", "\\*");
    }
}
