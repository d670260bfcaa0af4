package dev.plumbline.parity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/**
 * What is done to a cluster, in a namespace of its own, and looked at on the way. The files below {@code parity} hold them;
 * {@link Side} says what a call may be.
 */
record Case(String name, List<Map<String, Object>> calls) {

    private static final Set<String> KEYS = Set.of("case", "calls");

    @SuppressWarnings("unchecked") // what is no list of maps fails where it is used
    static List<Case> in(String file) {
        List<Case> cases = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        try (InputStream stream = Objects.requireNonNull(Case.class.getResourceAsStream("/parity/" + file))) {
            for (Object document : new Yaml().loadAll(stream)) {
                Map<String, Object> fields = (Map<String, Object>) document;
                if (!fields.keySet().equals(KEYS) || !names.add(String.valueOf(fields.get("case")))) {
                    throw new IllegalArgumentException(file + ": expected case and calls, and a name of its own, in "
                            + fields.keySet() + " of " + fields.get("case"));
                }
                cases.add(
                        new Case(String.valueOf(fields.get("case")), (List<Map<String, Object>>) fields.get("calls")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    @Override
    public String toString() {
        return name;
    }
}
