package dev.plumbline.simulation.system.prometheus.promql;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The label set of a series, the metric's name among them as {@code __name__}. A label without a value is no label. */
public final class Labels implements Comparable<Labels> {

    public static final String NAME = "__name__";
    public static final Labels EMPTY = new Labels(new TreeMap<>());

    private final SortedMap<String, String> values;
    private final int hash;

    private Labels(SortedMap<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(values);
        this.hash = values.hashCode();
    }

    public static Labels of(Map<String, String> values) {
        SortedMap<String, String> kept = new TreeMap<>(values);
        kept.values().removeIf(String::isEmpty);
        return kept.isEmpty() ? EMPTY : new Labels(kept);
    }

    /** The value, empty when the label is not there. */
    public String get(String name) {
        return values.getOrDefault(name, "");
    }

    public String name() {
        return get(NAME);
    }

    public Labels with(String name, String value) {
        SortedMap<String, String> changed = new TreeMap<>(values);
        changed.put(name, value);
        return of(changed);
    }

    public Labels withoutName() {
        return without(java.util.Set.of(NAME));
    }

    public Labels without(Collection<String> names) {
        SortedMap<String, String> changed = new TreeMap<>(values);
        names.forEach(changed::remove);
        return of(changed);
    }

    public Labels only(Collection<String> names) {
        SortedMap<String, String> changed = new TreeMap<>();
        names.forEach(name -> changed.put(name, get(name)));
        return of(changed);
    }

    public SortedMap<String, String> asMap() {
        return values;
    }

    @Override
    public int compareTo(Labels other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Labels labels && hash == labels.hash && values.equals(labels.values);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** As PromQL writes it: {@code up{job="node"}}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name()).append('{');
        values.forEach((name, value) -> {
            if (!name.equals(NAME)) {
                text.append(text.charAt(text.length() - 1) == '{' ? "" : ", ");
                text.append(name).append("=\"").append(value).append('"');
            }
        });
        return text.append('}').toString();
    }
}
