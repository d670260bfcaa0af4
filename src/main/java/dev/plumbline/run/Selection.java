package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import io.cucumber.tagexpressions.Expression;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the criteria that there are take part in a run.
 *
 * @param tags a tag expression, for example {@code @core and not @changes-cluster}; empty takes all
 * @param ids only these criteria, when given
 */
public record Selection(String tags, Optional<Set<String>> ids) {

    public static final Selection ALL = new Selection("", Optional.empty());

    /**
     * Keeps the scenarios that match, and rules without scenarios whose own tags match.
     *
     * @throws BadInput for an expression that is none
     * @throws NothingSelected when nothing is left
     */
    public List<Criterion> from(List<Criterion> all) {
        Expression expression = parse();
        List<Criterion> selected = new ArrayList<>();
        for (Criterion criterion : all) {
            List<Example> examples = criterion.examples().stream()
                    .filter(example -> expression.evaluate(List.copyOf(example.tags())))
                    .toList();
            boolean bare = criterion.examples().isEmpty() && expression.evaluate(List.copyOf(criterion.tags()));
            boolean wanted = ids.isEmpty() || ids.get().contains(criterion.id());
            if (wanted && (bare || !examples.isEmpty())) {
                selected.add(criterion.with(examples));
            }
        }
        if (selected.isEmpty()) {
            throw new NothingSelected("nothing was measured: none of " + all.size() + " criteria fits "
                    + (tags.isEmpty() ? "the selection " + ids.orElse(Set.of()) : "--tags '" + tags + "'"));
        }
        return selected;
    }

    private Expression parse() {
        try {
            return TagExpressionParser.parse(tags);
        } catch (TagExpressionException e) {
            throw new BadInput("--tags '" + tags + "' is no tag expression: "
                    + String.valueOf(e.getMessage()).lines().reduce((a, b) -> b).orElse("")
                    + " Expected one such as '@core and not @changes-cluster'");
        }
    }
}
