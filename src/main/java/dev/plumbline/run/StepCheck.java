package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.steps.Vocabulary;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds undefined and ambiguous steps before anything is started. */
final class StepCheck {

    private final Vocabulary vocabulary = new Vocabulary();

    /** @throws BadInput naming each scenario and step */
    void check(List<Criterion> criteria) {
        Set<String> problems = new LinkedHashSet<>();
        for (Criterion criterion : criteria) {
            for (Example example : criterion.examples()) {
                example.steps().forEach(step -> check(example, step, problems));
            }
        }
        if (!problems.isEmpty()) {
            throw new BadInput(List.copyOf(problems));
        }
    }

    private void check(Example example, String step, Set<String> problems) {
        long matches = vocabulary.matches(step);
        String where = example.location() + ": scenario \"" + example.name() + "\": ";
        if (matches == 0) {
            problems.add(where + "undefined step \"" + step + "\""
                    + vocabulary
                            .nearest(step)
                            .map(near -> ", the nearest is: " + near)
                            .orElse("")
                    + " (plumbline steps lists all)");
        } else if (matches > 1) {
            problems.add(where + "the step \"" + step + "\" fits " + matches + " definitions, it must fit one");
        }
    }
}
