package dev.plumbline.simulation.system.prometheus.promql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every function that is modelled, by name. */
final class Functions {

    private static final Map<String, Function> ALL = all();

    /** Those that Prometheus has and this model has not. */
    private static final Set<String> NOT_SIMULATED = Set.of(
            "histogram_avg",
            "histogram_count",
            "histogram_fraction",
            "histogram_stddev",
            "histogram_stdvar",
            "histogram_sum",
            "holt_winters",
            "double_exponential_smoothing",
            "info",
            "mad_over_time",
            "sort_by_label",
            "sort_by_label_desc",
            "stdvar_over_time",
            "acos",
            "acosh",
            "asin",
            "asinh",
            "atan",
            "atanh",
            "cos",
            "cosh",
            "sin",
            "sinh",
            "tan",
            "tanh",
            "deg",
            "rad");

    private Functions() {}

    /** @throws QueryError when there is no such function, or it is not modelled */
    static Function named(String name, int offset) {
        Function function = ALL.get(name);
        if (function != null) {
            return function;
        }
        if (NOT_SIMULATED.contains(name)) {
            throw QueryError.execution("not simulated: function " + name);
        }
        throw QueryError.at(offset, "unknown function with name \"" + name + "\"");
    }

    private static Map<String, Function> all() {
        Map<String, Function> all = new HashMap<>();
        for (List<Function> group : List.of(
                RangeFunctions.all(),
                InstantFunctions.all(),
                LabelFunctions.all(),
                TimeFunctions.all(),
                AbsentFunctions.all())) {
            group.forEach(function -> all.put(function.name(), function));
        }
        return Map.copyOf(all);
    }
}
