package dev.plumbline.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in an object: {@code .spec.template.spec.containers[0].image}, {@code .metadata.annotations["a.b/c"]}.
 *
 * @param steps a {@code String} for a field, an {@code Integer} for an element
 */
public record FieldPath(String text, List<Object> steps) {

    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z_$][\\w$-]*)|\\[(\\d+)]|\\[\"((?:[^\"\\\\]|\\\\.)*)\"]");

    /** @throws IllegalArgumentException naming the column where the path stops making sense */
    public static FieldPath parse(String text) {
        List<Object> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException("\"" + text + "\" is not a field path: column " + (at + 1)
                        + " should start .name, [0] or [\"name\"], as in .spec.replicas");
            }
            steps.add(step(matcher));
            at = matcher.end();
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a field path is empty, expected one such as .spec.replicas");
        }
        return new FieldPath(text, List.copyOf(steps));
    }

    private static Object step(Matcher matcher) {
        if (matcher.group(2) != null) {
            return Integer.valueOf(matcher.group(2));
        }
        String name =
                matcher.group(1) != null ? matcher.group(1) : matcher.group(3).replace("\\\"", "\"");
        return name;
    }

    /** The value at this place, absent when a step of the way is missing or null. */
    public Optional<Object> in(@Nullable Object root) {
        Object here = root;
        for (Object step : steps) {
            here = next(here, step);
        }
        return Optional.ofNullable(here);
    }

    private static @Nullable Object next(@Nullable Object here, Object step) {
        if (step instanceof Integer index) {
            return here instanceof List<?> list && index < list.size() ? list.get(index) : null;
        }
        return here instanceof Map<?, ?> map ? map.get(step) : null;
    }

    /** The way to this place, as far as its first steps go. */
    public FieldPath first(int count) {
        return new FieldPath(text, steps.subList(0, count));
    }

    /** The path as a JSON pointer, for patches. */
    public String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (Object step : steps) {
            pointer.append('/').append(step.toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
