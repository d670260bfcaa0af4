package dev.plumbline.action;

import dev.plumbline.cluster.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a fault does to a live object.
 *
 * @param kind as steps write it, with its group where that is needed
 * @param namespace that of the profile if there is none
 * @param scale the number of pods that a workload is left with
 */
public record ObjectChange(
        String kind,
        String name,
        Optional<String> namespace,
        Map<FieldPath, Object> set,
        List<FieldPath> remove,
        boolean delete,
        OptionalInt scale) {

    public ObjectChange {
        set = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(set));
        remove = List.copyOf(remove);
    }
}
