package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.Binary;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Cardinality;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Matching;
import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Joins two vectors by their labels. */
final class VectorMatching {

    private final Binary binary;
    private final Matching matching;

    VectorMatching(Binary binary) {
        this.binary = binary;
        this.matching = binary.matching();
    }

    /** {@code and}, {@code or} and {@code unless}. */
    List<Sample> set(List<Sample> left, List<Sample> right) {
        if (binary.operator().equals("or")) {
            Set<Labels> keys = keys(left);
            return Stream.concat(
                            left.stream(),
                            right.stream().filter(sample -> !keys.contains(matching.key(sample.labels()))))
                    .toList();
        }
        Set<Labels> keys = keys(right);
        boolean wanted = binary.operator().equals("and");
        return left.stream()
                .filter(sample -> keys.contains(matching.key(sample.labels())) == wanted)
                .toList();
    }

    private Set<Labels> keys(List<Sample> samples) {
        return samples.stream().map(sample -> matching.key(sample.labels())).collect(Collectors.toSet());
    }

    /** Arithmetic and comparisons. */
    List<Sample> pairs(List<Sample> left, List<Sample> right) {
        boolean swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
        List<Sample> many = swapped ? right : left;
        Map<Labels, Sample> ones = ones(swapped ? left : right, swapped ? "left" : "right");
        Set<Labels> seen = new HashSet<>();
        List<Sample> result = new ArrayList<>();
        for (Sample sample : many) {
            Labels key = matching.key(sample.labels());
            Sample one = ones.get(key);
            if (one != null) {
                OptionalDouble value = swapped
                        ? Operators.result(binary, one.value(), sample.value(), one.value())
                        : Operators.result(binary, sample.value(), one.value(), sample.value());
                Labels labels = labels(sample.labels(), one.labels());
                if (value.isPresent()) {
                    refuseSecond(seen, matching.cardinality() == Cardinality.ONE_TO_ONE ? key : labels);
                    result.add(new Sample(labels, value.getAsDouble()));
                }
            }
        }
        return result;
    }

    private Map<Labels, Sample> ones(List<Sample> samples, String side) {
        Map<Labels, Sample> ones = new HashMap<>();
        for (Sample sample : samples) {
            Labels key = matching.key(sample.labels());
            Sample other = ones.put(key, sample);
            if (other != null) {
                throw QueryError.execution("found duplicate series for the match group " + key + " on the " + side
                        + " hand-side of the operation: [" + sample.labels() + ", " + other.labels()
                        + "];many-to-many matching not allowed: matching labels must be unique on one side");
            }
        }
        return ones;
    }

    private void refuseSecond(Set<Labels> seen, Labels labels) {
        if (!seen.add(labels)) {
            throw QueryError.execution(
                    matching.cardinality() == Cardinality.ONE_TO_ONE
                            ? "multiple matches for labels: many-to-one matching must be explicit"
                                    + " (group_left/group_right)"
                            : "multiple matches for labels: grouping labels must ensure unique matches");
        }
    }

    private Labels labels(Labels many, Labels one) {
        Labels labels = Operators.keepsName(binary) ? many : many.withoutName();
        if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
            return matching.on() ? labels.only(matching.labels()) : labels.without(matching.labels());
        }
        for (String name : matching.include()) {
            labels = labels.with(name, one.get(name));
        }
        return labels;
    }
}
