package dev.plumbline.report;

import dev.plumbline.verdict.Measurement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one number that stands for a scenario or criterion: of what its "Then" judged, the value that is nearest to its
 * limit or furthest beyond it. Of several runs that is the slowest.
 */
final class Headline {

    private Headline() {}

    static Optional<Measurement> of(ScenarioResult scenario) {
        return measurements(scenario).max(Comparator.comparingDouble(Headline::used));
    }

    static Optional<Measurement> of(CriterionResult criterion) {
        return criterion.scenarios().stream()
                .flatMap(Headline::measurements)
                .max(Comparator.comparingDouble(Headline::used));
    }

    private static Stream<Measurement> measurements(ScenarioResult scenario) {
        if (scenario.attempts().isEmpty()) {
            return Stream.empty();
        }
        List<StepResult> steps =
                scenario.attempts().get(scenario.attempts().size() - 1).steps();
        boolean judges = steps.stream().anyMatch(Headline::isThen);
        return steps.stream()
                .dropWhile(step -> judges && !isThen(step))
                .flatMap(step -> step.judgement().stream())
                .flatMap(judgement -> judgement.measurements().stream())
                .filter(measurement -> measurement.limit() != null && Double.isFinite(measurement.value()));
    }

    private static boolean isThen(StepResult step) {
        return step.keyword().equals("Then");
    }

    /** The share of the limit that is used up: 1 is at the limit, more is beyond. */
    private static double used(Measurement measurement) {
        Measurement.Limit limit = measurement.limit();
        if (limit == null) {
            return 0;
        }
        return switch (limit.op()) {
            case "<", "<=" -> limit.value() == 0 ? measurement.value() : measurement.value() / limit.value();
            case ">", ">=" -> measurement.value() == 0 ? limit.value() : limit.value() / measurement.value();
            default -> measurement.value() == limit.value() ? 1 : 2;
        };
    }
}
