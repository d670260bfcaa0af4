package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.criterion.Waiver;
import dev.plumbline.profile.Profile;
import dev.plumbline.report.Attempt;
import dev.plumbline.report.CriterionResult;
import dev.plumbline.report.ScenarioResult;
import dev.plumbline.verdict.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Adds attempts up to scenarios, and scenarios to criteria. */
final class Results {

    private Results() {}

    /** @param notRun why there is no attempt, when there is none */
    static ScenarioResult scenario(Example example, List<Attempt> attempts, String notRun) {
        if (attempts.isEmpty()) {
            return new ScenarioResult(example, Verdict.INCONCLUSIVE, "not run: " + notRun, attempts);
        }
        Attempt last = attempts.get(attempts.size() - 1);
        boolean differ = attempts.stream().anyMatch(attempt -> attempt.verdict() != last.verdict());
        return differ
                ? new ScenarioResult(example, Verdict.FLAKY, flaky(attempts), attempts)
                : new ScenarioResult(example, last.verdict(), last.reason(), attempts);
    }

    private static String flaky(List<Attempt> attempts) {
        StringBuilder words = new StringBuilder("attempts differ:");
        for (Attempt attempt : attempts) {
            words.append(' ').append(attempt.verdict());
        }
        return words + "; first not passed: "
                + attempts.stream()
                        .filter(attempt -> attempt.verdict() != Verdict.PASS)
                        .map(Attempt::reason)
                        .findFirst()
                        .orElse("");
    }

    /** @param scenarios gives each example its result */
    static CriterionResult criterion(
            Criterion criterion, Function<Example, ScenarioResult> scenarios, Profile profile, LocalDate today) {
        Optional<Waiver> waiver = waiver(criterion, profile);
        if (criterion.pending()) {
            return new CriterionResult(
                    criterion, Verdict.PENDING, "the document calls it future or optional", waiver, List.of());
        }
        if (criterion.examples().isEmpty()) {
            return new CriterionResult(criterion, Verdict.UNPROVEN, "no scenario proves it yet", waiver, List.of());
        }
        List<ScenarioResult> results =
                criterion.examples().stream().map(scenarios).toList();
        Verdict worst =
                Verdict.worst(results.stream().map(ScenarioResult::verdict).toList());
        String reason = results.stream()
                .filter(result -> result.verdict() == worst)
                .map(ScenarioResult::reason)
                .findFirst()
                .orElse("");
        if (worst == Verdict.FAIL && waiver.isPresent()) {
            return waived(criterion, reason, waiver.get(), results, today);
        }
        return new CriterionResult(criterion, worst, reason, waiver, results);
    }

    private static CriterionResult waived(
            Criterion criterion, String reason, Waiver waiver, List<ScenarioResult> results, LocalDate today) {
        if (waiver.holdsOn(today)) {
            String words =
                    "waived until " + waiver.expires() + " by " + waiver.owner() + " (" + waiver.reason() + "): ";
            return new CriterionResult(criterion, Verdict.WAIVED, words + reason, Optional.of(waiver), results);
        }
        String words = "the waiver expired on " + waiver.expires() + ": ";
        return new CriterionResult(criterion, Verdict.FAIL, words + reason, Optional.of(waiver), results);
    }

    private static Optional<Waiver> waiver(Criterion criterion, Profile profile) {
        return profile.waivers().stream()
                .filter(entry -> entry.criterion().equals(criterion.id()))
                .map(entry -> new Waiver(entry.criterion(), entry.reason(), entry.owner(), entry.expires()))
                .findFirst();
    }
}
