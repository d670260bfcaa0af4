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
 * @param fault the fault that must turn it red, if its scenarios name one
 */
public record CriterionResult(
        Criterion criterion,
        Verdict verdict,
        String reason,
        Optional<Waiver> waiver,
        List<ScenarioResult> scenarios,
        Optional<FaultProof> fault) {

    public CriterionResult {
        scenarios = List.copyOf(scenarios);
    }

    /** The result of a run that injects no fault: the faults that its scenarios name, not tried. */
    public CriterionResult(
            Criterion criterion,
            Verdict verdict,
            String reason,
            Optional<Waiver> waiver,
            List<ScenarioResult> scenarios) {
        this(criterion, verdict, reason, waiver, scenarios, FaultProof.named(criterion));
    }

    /** The same with what is known of its faults. */
    CriterionResult with(FaultProof proof) {
        return new CriterionResult(criterion, verdict, reason, waiver, scenarios, Optional.of(proof));
    }

    /** Whether a scenario bears the criterion's verdict; if none does, the criterion itself must be shown with it. */
    public boolean borneByScenario() {
        return scenarios.stream().anyMatch(scenario -> scenario.verdict() == verdict);
    }

    /** Whether it counts for conformance. */
    public boolean active() {
        return verdict != Verdict.PENDING && verdict != Verdict.NOT_APPLICABLE;
    }

    /** The judgements of the last attempt of each scenario, in order. */
    public List<Judgement> judgements() {
        return scenarios.stream()
                .filter(scenario -> !scenario.attempts().isEmpty())
                .flatMap(scenario -> scenario.attempts().get(scenario.attempts().size() - 1).steps().stream())
                .flatMap(step -> step.judgement().stream())
                .toList();
    }

    /** The numbers of the last attempt of each scenario, in order. */
    public List<Measurement> measurements() {
        return judgements().stream()
                .flatMap(judgement -> judgement.measurements().stream())
                .toList();
    }
}
