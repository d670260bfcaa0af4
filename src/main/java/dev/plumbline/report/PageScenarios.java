package dev.plumbline.report;

import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Timeline;
import dev.plumbline.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The scenarios of a criterion, with their steps and what each wait saw. */
final class PageScenarios {

    private static final int LONGEST_SEEN = 400;

    private PageScenarios() {}

    static Page.Scenario of(ScenarioResult scenario) {
        List<Page.Try> attempts = new ArrayList<>();
        for (Attempt attempt : scenario.attempts()) {
            attempts.add(new Page.Try(
                    attempts.size() + 1,
                    PageBuilder.code(attempt.verdict()),
                    Phrases.verdict(attempt.verdict()),
                    Phrases.duration(attempt.took()),
                    attempt.steps().stream().map(PageScenarios::step).toList()));
        }
        return new Page.Scenario(
                scenario.example().name(),
                scenario.example().location().toString(),
                PageBuilder.code(scenario.verdict()),
                Phrases.verdict(scenario.verdict()),
                scenario.reason(),
                scenario.attempts().isEmpty() ? "" : Phrases.duration(scenario.took()),
                attempts);
    }

    private static Page.Step step(StepResult step) {
        boolean reached = step.outcome() != StepResult.Outcome.SKIPPED;
        return new Page.Step(
                step.keyword(),
                step.text(),
                step.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                reached ? Phrases.duration(step.took()) : "",
                step.problem().orElse(""),
                step.judgement().map(Judgement::reason).orElse(""),
                step.judgement().map(PageScenarios::spans).orElse(List.of()),
                step.judgement()
                        .map(Judgement::timeline)
                        .map(PageScenarios::looks)
                        .orElse(""));
    }

    private static String looks(Timeline timeline) {
        String dropped = timeline.dropped() > 0 ? ", " + timeline.dropped() + " stretches in the middle not kept" : "";
        String gaps = timeline.gaps().isZero() ? "" : ", not observable for " + Phrases.duration(timeline.gaps());
        return Phrases.plural(timeline.looks(), "look") + gaps + dropped;
    }

    private static List<Page.Span> spans(Judgement judgement) {
        List<Timeline.Stretch> stretches = judgement.timeline().stretches();
        if (stretches.isEmpty()) {
            return List.of();
        }
        Instant start = stretches.get(0).from();
        Instant end = stretches.get(stretches.size() - 1).to();
        double whole = Math.max(1, millis(start, end));
        List<Page.Span> spans = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            Timeline.Stretch stretch = stretches.get(i);
            boolean last = i == stretches.size() - 1;
            Instant until = last ? stretch.to() : stretches.get(i + 1).from();
            spans.add(new Page.Span(
                    kind(stretch.seen(), last, judgement.verdict()),
                    PageBuilder.share(millis(start, stretch.from()), whole),
                    PageBuilder.share(millis(stretch.from(), until), whole),
                    "+" + Phrases.duration(Duration.between(start, stretch.from())),
                    Phrases.duration(Duration.between(stretch.from(), until)),
                    stretch.looks(),
                    brief(stretch.seen().toString()),
                    stretch.seen().source()));
        }
        return spans;
    }

    private static String kind(Observation<?> seen, boolean last, Verdict verdict) {
        if (seen instanceof Observation.Absent<?>) {
            return last && verdict == Verdict.PASS ? "met" : "absent";
        }
        if (seen instanceof Observation.Unreachable<?>) {
            return "unreachable";
        }
        if (seen instanceof Observation.Blocked<?>) {
            return "blocked";
        }
        return last && verdict == Verdict.PASS ? "met" : last && verdict == Verdict.FAIL ? "missed" : "seen";
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    private static String brief(String text) {
        return text.length() <= LONGEST_SEEN ? text : text.substring(0, LONGEST_SEEN) + " ...";
    }
}
