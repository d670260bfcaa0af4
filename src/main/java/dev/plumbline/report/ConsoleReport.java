package dev.plumbline.report;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.verdict.Mask;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Tells a run to a person: verdicts as they come, on a terminal also what is being waited for, and at the end a summary
 * that fits a screen.
 */
public final class ConsoleReport implements RunListener {

    private static final String ERASE_LINE = "\r\u001b[2K";
    private static final int NARROWEST_TERMINAL = 79;
    private static final int BAR = 8;

    /** Without a terminal a wait is said only when it is long, and then at this distance. */
    private static final long QUIET_SECONDS = 30;

    private final PrintStream out;
    private final boolean terminal;
    private final Mask mask;
    private final Ink ink;
    private long saidAtSeconds;
    private int toDo;
    private int done;

    /**
     * @param terminal whether lines may be overwritten, see {@link #terminal}
     * @param colours see {@link #colours}
     */
    public ConsoleReport(PrintStream out, boolean terminal, boolean colours, Mask mask) {
        this.out = out;
        this.terminal = terminal;
        this.mask = mask;
        this.ink = new Ink(terminal && colours);
    }

    /** Whether a person wants colours: no {@code NO_COLOR} (no-color.org). */
    public static boolean colours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Whether the environment is a person's terminal, on which a line may be overwritten: not in CI. */
    public static boolean terminal(Map<String, String> environment, boolean hasConsole) {
        return hasConsole
                && environment.getOrDefault("CI", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    @Override
    public synchronized void runStarted(RunStart start) {
        toDo = start.scenarios();
        if (start.simulated()) {
            say(ink.loud(" SIMULATED ") + " " + Phrases.SIMULATED);
        }
        say("Target    " + ink.bold(start.target()) + ": " + start.description());
        say("Why       " + start.reason());
        say("To do     " + Phrases.plural(start.criteria(), "criterion") + ", "
                + Phrases.plural(start.scenarios(), "scenario"));
        say("");
    }

    @Override
    public synchronized void takingTurns(List<Example> scenarios) {
        say("In turn   " + Phrases.plural(scenarios.size(), "scenario")
                + " that change what others name, without a common @lock: tag:");
        scenarios.forEach(scenario -> say("          " + scenario.location() + "  " + scenario.name()));
    }

    @Override
    public synchronized void waiting(String what, Duration elapsed, Duration limit) {
        String line = Phrases.duration(elapsed) + " of " + Phrases.duration(limit);
        if (terminal) {
            String text = mask.apply(
                    "  " + done + "/" + toDo + " " + bar(elapsed, limit) + " " + line + "  " + what.replace('\n', ' '));
            out.print(ERASE_LINE + ink.dim(text.substring(0, Math.min(NARROWEST_TERMINAL, text.length()))));
            out.flush();
        } else if (Math.abs(elapsed.toSeconds() - saidAtSeconds) >= QUIET_SECONDS) {
            saidAtSeconds = elapsed.toSeconds();
            say("  waiting " + line + "  " + what);
        }
    }

    /** How much of a wait's time is over: {@code [####----]}. */
    private static String bar(Duration elapsed, Duration limit) {
        double share = limit.isZero() ? 1 : (double) elapsed.toMillis() / limit.toMillis();
        int full = (int) Math.round(BAR * Math.max(0, Math.min(1, share)));
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
    }

    @Override
    public synchronized void attemptFinished(Criterion criterion, ScenarioResult result) {
        saidAtSeconds = 0;
        say("again          " + ink.bold(criterion.id()) + "  attempt "
                + result.attempts().size() + " ended as " + result.verdict() + " after "
                + Phrases.duration(result.took()) + ": " + oneLine(result.reason()));
    }

    @Override
    public synchronized void scenarioFinished(Criterion criterion, ScenarioResult result) {
        saidAtSeconds = 0;
        done++;
        String head = ink.padded(result.verdict()) + " " + ink.bold(criterion.id()) + "  ";
        String took = Phrases.duration(result.took());
        String name = result.example().name();
        switch (result.verdict()) {
            case PASS -> say(head + name + ink.dim(measured(result) + "  " + took));
            case FAIL, FLAKY, INCONCLUSIVE -> {
                say(head + "after " + took + ": " + oneLine(result.reason()));
                say(Ink.indent() + where(criterion, result));
            }
            default -> say(head + name + ": " + oneLine(result.reason()));
        }
    }

    @Override
    public synchronized void runFinished(RunRecord run, Path reports) {
        new ConsoleSummary(run, reports, ink, terminal).lines().forEach(this::say);
        out.flush();
    }

    private static String where(Criterion criterion, ScenarioResult result) {
        List<StepResult> steps = result.attempts().stream()
                .flatMap(attempt -> attempt.steps().stream())
                .toList();
        Duration gaps = steps.stream()
                .flatMap(step -> step.judgement().stream())
                .map(judgement -> judgement.timeline().gaps())
                .reduce(Duration.ZERO, Duration::plus);
        boolean kept = steps.stream().anyMatch(EvidenceFolder::keeps);
        return result.example().location()
                + (kept ? " | evidence/" + EvidenceFolder.fileName(criterion.id()) + "/" : "")
                + (gaps.isZero() ? "" : " | not observable for " + Phrases.duration(gaps));
    }

    private static String measured(ScenarioResult result) {
        return Headline.of(result)
                .map(measurement -> "  " + Phrases.measured(measurement))
                .orElse("");
    }

    private static String oneLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private void say(String line) {
        out.println((terminal ? ERASE_LINE : "") + mask.apply(line));
    }
}
