package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.Type;
import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import dev.plumbline.simulation.system.prometheus.promql.Value.Vector;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** The functions that change labels. */
final class LabelFunctions {

    private LabelFunctions() {}

    static List<Function> all() {
        List<Type> replace = List.of(Type.VECTOR, Type.STRING, Type.STRING, Type.STRING, Type.STRING);
        List<Type> join = List.of(Type.VECTOR, Type.STRING, Type.STRING, Type.STRING);
        return List.of(
                new Function("label_replace", replace, 0, false, Type.VECTOR, (a, time) -> replace(a)),
                new Function("label_join", join, 1, true, Type.VECTOR, (a, time) -> join(a)));
    }

    private static Value replace(List<Value> arguments) {
        String target = Arguments.text(arguments.get(1));
        String replacement = Arguments.text(arguments.get(2));
        String source = Arguments.text(arguments.get(3));
        Pattern pattern = pattern(Arguments.text(arguments.get(4)));
        return each(arguments.get(0), labels -> {
            Matcher matcher = pattern.matcher(labels.get(source));
            return matcher.matches() ? labels.with(target, Expansion.of(replacement, matcher)) : labels;
        });
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex, Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw QueryError.execution("invalid regular expression in label_replace(): " + regex);
        }
    }

    private static Value join(List<Value> arguments) {
        String target = Arguments.text(arguments.get(1));
        String separator = Arguments.text(arguments.get(2));
        List<String> sources = arguments.stream().skip(3).map(Arguments::text).toList();
        return each(
                arguments.get(0),
                labels ->
                        labels.with(target, sources.stream().map(labels::get).collect(Collectors.joining(separator))));
    }

    private static Value each(Value vector, UnaryOperator<Labels> change) {
        List<Sample> samples = Arguments.vector(vector).stream()
                .map(sample -> new Sample(change.apply(sample.labels()), sample.value()))
                .toList();
        if (samples.stream().map(Sample::labels).distinct().count() < samples.size()) {
            throw QueryError.execution("vector cannot contain metrics with the same labelset");
        }
        return new Vector(samples);
    }
}
