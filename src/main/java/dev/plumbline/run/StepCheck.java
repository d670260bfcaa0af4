package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.steps.Vocabulary;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds undefined and ambiguous steps before anything is started. */
final class StepCheck {

    private final Vocabulary vocabulary;

    StepCheck(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * Returns the definition of each step text that occurs.
     *
     * @throws BadInput naming each scenario and step
     */
    Map<String, Vocabulary.Step> check(List<Criterion> criteria) {
        Map<String, List<Vocabulary.Step>> known = new HashMap<>();
        Set<String> problems = new LinkedHashSet<>();
        for (Criterion criterion : criteria) {
            for (Example example : criterion.examples()) {
                for (String step : example.steps()) {
                    List<Vocabulary.Step> fitting = known.computeIfAbsent(step, vocabulary::fitting);
                    if (fitting.size() != 1) {
                        problems.add(problem(example, step, fitting.size()));
                    }
                    fitting.stream()
                            .flatMap(one -> one.tooLarge(step).stream())
                            .forEach(number -> problems.add(where(example) + "the number " + number + " in the step \""
                                    + step + "\" is too large, " + Integer.MAX_VALUE + " is the largest"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new BadInput(List.copyOf(problems));
        }
        Map<String, Vocabulary.Step> definitions = new HashMap<>();
        known.forEach((text, fitting) -> definitions.put(text, fitting.get(0)));
        return definitions;
    }

    private static String where(Example example) {
        return example.location() + ": scenario \"" + example.name() + "\": ";
    }

    private String problem(Example example, String step, int matches) {
        String where = where(example);
        if (matches > 1) {
            return where + "the step \"" + step + "\" fits " + matches + " definitions, it must fit one";
        }
        return where + "undefined step \"" + step + "\""
                + vocabulary
                        .nearest(step)
                        .map(near -> ", the nearest is: " + near)
                        .orElse("")
                + " (plumbline steps lists all)";
    }
}
