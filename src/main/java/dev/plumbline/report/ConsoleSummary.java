package dev.plumbline.report;

import dev.plumbline.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The end of a run on one screen: a line a criterion while they are few, counts by document when they are many. */
final class ConsoleSummary {

    /** With more criteria than this, a line for each no longer fits a screen. */
    static final int FEW = 12;

    private static final int MOST_WORST = 8;

    /** On a screen of 80 columns, two lines. */
    private static final int LONGEST = 120;

    private final RunRecord run;
    private final Path reports;
    private final Ink ink;
    private final boolean screen;
    private final List<String> lines = new ArrayList<>();

    /** @param screen whether a long reason, which was said before, is cut so that all of it stays on one screen */
    ConsoleSummary(RunRecord run, Path reports, Ink ink, boolean screen) {
        this.run = run;
        this.reports = reports;
        this.ink = ink;
        this.screen = screen;
    }

    List<String> lines() {
        lines.add("");
        if (run.simulated()) {
            lines.add(ink.loud(" SIMULATED ") + " " + Phrases.SIMULATED);
        }
        lines.add("Target    " + ink.bold(run.target()) + ": " + run.targetDescription());
        lines.add("Why       " + run.targetReason());
        lines.add("");
        if (run.criteria().size() <= FEW) {
            run.criteria().forEach(this::line);
        } else {
            table();
            worst();
        }
        leftovers();
        run.remarks().stream().limit(MOST_WORST).forEach(remark -> lines.add("REMARK         " + cut(remark)));
        if (run.remarks().size() > MOST_WORST) {
            lines.add("... and " + (run.remarks().size() - MOST_WORST) + " more remarks, see index.html");
        }
        end();
        return lines;
    }

    private void line(CriterionResult result) {
        String said = result.verdict() == Verdict.PASS
                ? Headline.of(result).map(Phrases::measured).orElse(result.reason())
                : result.reason();
        lines.add(
                ink.padded(result.verdict()) + " " + ink.bold(result.criterion().id()) + "  "
                        + cut(said.lines().findFirst().orElse("")));
    }

    private String cut(String text) {
        return screen && text.length() > LONGEST ? text.substring(0, LONGEST) + " ..." : text;
    }

    private void table() {
        int width = run.documents().stream().mapToInt(String::length).max().orElse(0);
        for (String document : run.documents()) {
            lines.add(document + " ".repeat(width - document.length()) + "  "
                    + counts(RunRecord.counts(run.of(document))));
        }
        lines.add(" ".repeat(width) + "  " + ink.bold(counts(run.counts())));
    }

    private String counts(Map<Verdict, Integer> counts) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> ink.verdict(
                        entry.getKey(),
                        String.format(Locale.ROOT, "%d %s", entry.getValue(), Phrases.verdict(entry.getKey()))))
                .collect(Collectors.joining(", "));
    }

    private void worst() {
        List<CriterionResult> worst = run.criteria().stream()
                .filter(result -> result.verdict().compareTo(Verdict.BLOCKED) < 0)
                .sorted(Comparator.comparing(CriterionResult::verdict))
                .toList();
        if (!worst.isEmpty()) {
            lines.add("");
            worst.stream().limit(MOST_WORST).forEach(this::line);
        }
        if (worst.size() > MOST_WORST) {
            lines.add("... and " + (worst.size() - MOST_WORST) + " more, see index.html");
        }
    }

    private void leftovers() {
        run.leftovers().stream()
                .limit(MOST_WORST)
                .forEach(leftover -> lines.add(ink.verdict(Verdict.FAIL, "REMAINS        ") + leftover));
        if (run.leftovers().size() > MOST_WORST) {
            lines.add("... and " + (run.leftovers().size() - MOST_WORST) + " more objects remain");
        }
    }

    private void end() {
        int scenarios = run.criteria().stream()
                .mapToInt(result -> result.scenarios().size())
                .sum();
        Verdict colour = run.exitCode() == 0 ? Verdict.PASS : Verdict.FAIL;
        lines.add("");
        lines.add("Reports   " + reports.resolve("index.html"));
        lines.add("Result    "
                + ink.verdict(colour, run.conformance().word().toUpperCase(Locale.ROOT))
                + ": " + Phrases.exit(run) + " (exit code " + run.exitCode() + "); "
                + Phrases.plural(run.criteria().size(), "criterion") + ", "
                + Phrases.plural(scenarios, "scenario") + " in "
                + Phrases.duration(Duration.between(run.started(), run.finished())));
    }
}
