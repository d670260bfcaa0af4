package dev.plumbline.report;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.criterion.Waiver;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.Observation;
import java.util.List;
import java.util.function.UnaryOperator;

/** A record with every text in it masked. All surfaces are rendered from it, so none can let a secret through. */
final class MaskedRecord {

    private final Mask mask;

    private MaskedRecord(Mask mask) {
        this.mask = mask;
    }

    static RunRecord of(RunRecord run, Mask mask) {
        return new MaskedRecord(mask).run(run);
    }

    static ScenarioResult of(ScenarioResult scenario, Mask mask) {
        return new MaskedRecord(mask).scenario(scenario);
    }

    private RunRecord run(RunRecord run) {
        return new RunRecord(
                run.target(),
                run.simulated(),
                mask.apply(run.targetDescription()),
                mask.apply(run.targetReason()),
                run.delivery(),
                run.started(),
                run.finished(),
                each(run.criteria(), this::criterion),
                each(run.leftovers(), mask::apply),
                each(run.remarks(), mask::apply),
                run.broken().map(mask::apply),
                run.signal(),
                run.catalogue());
    }

    private CriterionResult criterion(CriterionResult result) {
        Criterion criterion = result.criterion();
        return new CriterionResult(
                new Criterion(
                        criterion.id(),
                        criterion.document(),
                        mask.apply(criterion.text()),
                        criterion.tier(),
                        criterion.pending(),
                        criterion.location(),
                        criterion.tags(),
                        each(criterion.examples(), this::example)),
                result.verdict(),
                mask.apply(result.reason()),
                result.waiver().map(this::waiver),
                each(result.scenarios(), this::scenario),
                result.fault());
    }

    private Waiver waiver(Waiver waiver) {
        return new Waiver(
                waiver.criterion(), mask.apply(waiver.reason()), mask.apply(waiver.owner()), waiver.expires());
    }

    private Example example(Example example) {
        return new Example(
                mask.apply(example.name()),
                example.location(),
                example.tags(),
                each(example.steps(), mask::apply),
                example.givens());
    }

    private ScenarioResult scenario(ScenarioResult scenario) {
        return new ScenarioResult(
                example(scenario.example()),
                scenario.verdict(),
                mask.apply(scenario.reason()),
                each(scenario.attempts(), this::attempt));
    }

    private Attempt attempt(Attempt attempt) {
        return new Attempt(
                attempt.verdict(),
                mask.apply(attempt.reason()),
                attempt.started(),
                attempt.took(),
                each(attempt.steps(), this::step));
    }

    private StepResult step(StepResult step) {
        return new StepResult(
                step.keyword(),
                mask.apply(step.text()),
                step.outcome(),
                step.started(),
                step.took(),
                step.judgement().map(this::judgement),
                step.problem().map(mask::apply),
                each(step.evidence(), this::evidence));
    }

    private Judgement judgement(Judgement judgement) {
        return new Judgement(
                judgement.verdict(),
                mask.apply(judgement.subject()),
                mask.apply(judgement.reason()),
                judgement.timeline().map(this::observation),
                each(judgement.measurements(), this::measurement));
    }

    private Measurement measurement(Measurement number) {
        return new Measurement(
                mask.apply(number.name()), number.value(), number.unit(), number.limit(), number.clock());
    }

    private Observation<?> observation(Observation<?> seen) {
        String source = mask.apply(seen.source());
        if (seen instanceof Observation.Absent<?> absent) {
            return new Observation.Absent<>(mask.apply(absent.what()), source, seen.at());
        }
        if (seen instanceof Observation.Unreachable<?> unreachable) {
            return new Observation.Unreachable<>(mask.apply(unreachable.why()), source, seen.at());
        }
        if (seen instanceof Observation.Blocked<?> blocked) {
            return new Observation.Blocked<>(mask.apply(blocked.why()), source, seen.at());
        }
        return new Observation.Seen<>(mask.apply(seen.toString()), source, seen.at());
    }

    private Evidence evidence(Evidence evidence) {
        return new Evidence(mask.apply(evidence.name()), evidence.mediaType(), mask.apply(evidence.text()));
    }

    private static <T> List<T> each(List<T> all, UnaryOperator<T> change) {
        return all.stream().map(change).toList();
    }
}
