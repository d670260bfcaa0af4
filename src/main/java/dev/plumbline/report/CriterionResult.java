package dev.plumbline.report;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Waiver;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What a criterion came to.
 *
 * @param reason one line of fact, of the scenario that decided
 */
public record CriterionResult(
        Criterion criterion, Verdict verdict, String reason, Optional<Waiver> waiver, List<ScenarioResult> scenarios) {

    public CriterionResult {
        scenarios = List.copyOf(scenarios);
    }

    /** Whether it counts for conformance. */
    public boolean active() {
        return verdict != Verdict.PENDING && verdict != Verdict.NOT_APPLICABLE;
    }

    /** The numbers of the last attempt of each scenario, in order. */
    public List<Measurement> measurements() {
        return scenarios.stream()
                .filter(scenario -> !scenario.attempts().isEmpty())
                .flatMap(scenario -> scenario.attempts().get(scenario.attempts().size() - 1).steps().stream())
                .flatMap(step ->
                        step.judgement().map(Judgement::measurements).stream().flatMap(List::stream))
                .toList();
    }
}
