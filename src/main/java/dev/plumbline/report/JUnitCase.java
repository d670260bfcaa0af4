package dev.plumbline.report;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.SourceLine;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A test case of {@code junit.xml}: a scenario, a criterion that no scenario speaks for, or the run's leftovers. */
record JUnitCase(
        String suite,
        String className,
        String name,
        Optional<SourceLine> location,
        Duration took,
        Kind kind,
        String verdict,
        String reason,
        String details,
        Map<String, String> properties) {

    private static final String RUN = "plumbline";

    /** What JUnit has words for. */
    enum Kind {
        TEST("tests", ""),
        FAILURE("failures", "failure"),
        ERROR("errors", "error"),
        SKIPPED("skipped", "skipped");

        private final String attribute;
        private final String element;

        Kind(String attribute, String element) {
            this.attribute = attribute;
            this.element = element;
        }

        String attribute() {
            return attribute;
        }

        String element() {
            return element;
        }

        static Kind of(Verdict verdict) {
            return switch (verdict) {
                case PASS, WAIVED -> TEST;
                case FAIL, FLAKY -> FAILURE;
                case INCONCLUSIVE -> ERROR;
                case BLOCKED, NOT_APPLICABLE, PENDING, UNPROVEN -> SKIPPED;
            };
        }
    }

    static List<JUnitCase> of(RunRecord run) {
        List<JUnitCase> cases = new ArrayList<>();
        for (CriterionResult result : run.criteria()) {
            result.scenarios().forEach(scenario -> cases.add(of(result, scenario)));
            if (!result.borneByScenario()) {
                cases.add(of(result));
            }
        }
        if (!run.leftovers().isEmpty()) {
            cases.add(leftovers(run.leftovers()));
        }
        return cases;
    }

    boolean ofTheRunItself() {
        return properties.isEmpty();
    }

    private static JUnitCase of(CriterionResult result, ScenarioResult scenario) {
        return new JUnitCase(
                result.criterion().document(),
                className(result.criterion()),
                scenario.example().name(),
                Optional.of(scenario.example().location()),
                scenario.took(),
                Kind.of(scenario.verdict()),
                scenario.verdict().name(),
                firstLine(scenario.reason()),
                details(scenario),
                properties(result, scenario.verdict()));
    }

    private static JUnitCase of(CriterionResult result) {
        return new JUnitCase(
                result.criterion().document(),
                className(result.criterion()),
                result.criterion().text(),
                Optional.of(result.criterion().location()),
                Duration.ZERO,
                Kind.of(result.verdict()),
                result.verdict().name(),
                firstLine(result.reason()),
                result.criterion().location().toString(),
                properties(result, result.verdict()));
    }

    private static JUnitCase leftovers(List<String> leftovers) {
        return new JUnitCase(
                RUN,
                RUN,
                "Nothing of the run remains on the cluster",
                Optional.empty(),
                Duration.ZERO,
                Kind.ERROR,
                "LEFTOVERS",
                Phrases.plural(leftovers.size(), "object") + " could not be removed; `plumbline sweep` tries again",
                String.join("\n", leftovers),
                Map.of());
    }

    private static String className(Criterion criterion) {
        return criterion.document() + "." + criterion.id();
    }

    private static Map<String, String> properties(CriterionResult result, Verdict verdict) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("criterion", result.criterion().id());
        properties.put("document", result.criterion().document());
        properties.put("tier", result.criterion().tier().word());
        properties.put("verdict", verdict.name());
        result.waiver()
                .ifPresent(waiver -> properties.put(
                        "waiver", waiver.reason() + " (" + waiver.owner() + ", until " + waiver.expires() + ")"));
        return properties;
    }

    private static String details(ScenarioResult scenario) {
        List<Attempt> attempts = scenario.attempts();
        StringBuilder steps = new StringBuilder();
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            if (attempts.size() > 1) {
                steps.append("\nattempt ").append(i + 1).append(": ");
                steps.append(attempt.verdict()).append(": ").append(attempt.reason());
            }
            attempt.steps()
                    .forEach(step -> steps.append('\n')
                            .append(step.outcome())
                            .append("  ")
                            .append(step.keyword())
                            .append(' ')
                            .append(step.text()));
        }
        String numbers = scenario.attempts().stream()
                .flatMap(attempt -> attempt.steps().stream())
                .flatMap(step -> step.judgement().stream())
                .flatMap(judgement -> judgement.measurements().stream())
                .map((Measurement measurement) -> "measured: " + Phrases.measured(measurement))
                .collect(Collectors.joining("\n"));
        return scenario.example().location() + steps.toString() + (numbers.isEmpty() ? "" : "\n" + numbers);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
