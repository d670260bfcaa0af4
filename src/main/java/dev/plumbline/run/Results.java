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
import java.util.stream.Collectors;

/** Adds attempts up to scenarios under the document's waivers, and scenarios to criteria. */
final class Results {

    private final Profile profile;
    private final LocalDate today;

    /** @param today the day on which the run started, UTC: a waiver holds through its last day, for the whole run */
    Results(Profile profile, LocalDate today) {
        this.profile = profile;
        this.today = today;
    }

    /** @param notRun why there is no attempt, when there is none */
    ScenarioResult scenario(Criterion criterion, Example example, List<Attempt> attempts, String notRun) {
        ScenarioResult found = found(example, attempts, notRun);
        if (found.verdict() != Verdict.FAIL) {
            return found;
        }
        return waiver(criterion).map(waiver -> under(waiver, found)).orElse(found);
    }

    private static ScenarioResult found(Example example, List<Attempt> attempts, String notRun) {
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
        String verdicts =
                attempts.stream().map(attempt -> attempt.verdict().name()).collect(Collectors.joining(" "));
        return "attempts differ: " + verdicts + "; first not passed: "
                + attempts.stream()
                        .filter(attempt -> attempt.verdict() != Verdict.PASS)
                        .map(Attempt::reason)
                        .findFirst()
                        .orElse("");
    }

    /** Only a FAIL is accepted by a waiver: what differs or could not be measured is not what its owner knew of. */
    private ScenarioResult under(Waiver waiver, ScenarioResult found) {
        boolean holds = waiver.holdsOn(today);
        String words = (holds ? "waived until " : "the waiver expired on ") + waiver.expires() + ", owner "
                + waiver.owner() + " (" + waiver.reason() + "): ";
        return new ScenarioResult(
                found.example(), holds ? Verdict.WAIVED : Verdict.FAIL, words + found.reason(), found.attempts());
    }

    /** @param scenarios gives each example its result */
    CriterionResult criterion(Criterion criterion, Function<Example, ScenarioResult> scenarios) {
        Optional<Waiver> waiver = waiver(criterion);
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
        return new CriterionResult(criterion, worst, reason, waiver, results);
    }

    private Optional<Waiver> waiver(Criterion criterion) {
        return profile.waivers().stream()
                .filter(entry -> entry.criterion().equals(criterion.id()))
                .map(entry -> new Waiver(entry.criterion(), entry.reason(), entry.owner(), entry.expires()))
                .findFirst();
    }
}
