package dev.plumbline.run;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.criterion.SourceLine;
import dev.plumbline.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One map of a fault file. What is wrong in it is noted with its line; the reading goes on to find all of it. */
final class FaultFields {

    private final String file;
    private final YamlDocument document;
    private final List<Object> path;
    private final @Nullable Object value;
    private final List<String> problems;

    private FaultFields(
            String file, YamlDocument document, List<Object> path, @Nullable Object value, List<String> problems) {
        this.file = file;
        this.document = document;
        this.path = path;
        this.value = value;
        this.problems = problems;
    }

    static FaultFields root(String file, YamlDocument document, List<String> problems) {
        return new FaultFields(file, document, List.of(), document.value(), problems);
    }

    /** The maps of which this is the list. */
    List<FaultFields> items() {
        if (!(value instanceof List<?> list)) {
            problem("", "expected a list of maps, each beginning with a dash");
            return List.of();
        }
        List<FaultFields> items = new ArrayList<>();
        for (Object item : list) {
            FaultFields fields = at(items.size(), item);
            if (!(item instanceof Map)) {
                fields.problem("", "expected a map");
            }
            items.add(fields);
        }
        return items;
    }

    private FaultFields at(Object step, @Nullable Object there) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return new FaultFields(file, document, longer, there, problems);
    }

    List<FaultFields> list(String key) {
        return has(key) ? at(key, get(key)).items() : List.of();
    }

    private @Nullable Object get(String key) {
        return value instanceof Map<?, ?> map ? map.get(key) : null;
    }

    boolean has(String key) {
        return value instanceof Map<?, ?> map && map.containsKey(key);
    }

    boolean is(String key, String word) {
        return word.equals(get(key));
    }

    SourceLine location(String key) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(key);
        return new SourceLine(file, document.line(key.isEmpty() ? path : longer));
    }

    void problem(String key, String what) {
        problems.add(location(key) + ": " + what);
    }

    void refuseUnknown(List<String> known) {
        if (value instanceof Map<?, ?> map) {
            map.keySet().stream()
                    .map(String::valueOf)
                    .filter(key -> !known.contains(key))
                    .forEach(key -> problem(key, "unknown key " + key + ", expected " + String.join(", ", known)));
        }
    }

    /** One of the deeds that stand alone, or any of those that go together. */
    void oneDeed(List<String> alone, List<String> together) {
        long single = alone.stream().filter(this::has).count();
        boolean others = together.stream().anyMatch(this::has);
        if (single > 1 || (single == 1) == others) {
            problem("", "expected one of " + String.join(", ", alone) + ", or some of " + String.join(", ", together));
        }
    }

    String text(String key) {
        Object found = get(key);
        if (found instanceof String text && !text.isBlank()) {
            return text;
        }
        problem(key, key + (has(key) ? " should be a text" : " is missing"));
        return "";
    }

    String name(String key) {
        String text = text(key);
        if (!text.isEmpty() && OwnTags.problem("@fault:" + text, location(key)).isPresent()) {
            problem(key, key + " should be a name of letters, digits, dots and dashes, as in the tag @fault:" + text);
        }
        return text;
    }

    String word(String key, List<String> known, String usual) {
        if (!has(key)) {
            return usual;
        }
        String text = text(key);
        if (known.contains(text)) {
            return text;
        }
        problem(key, key + " should be one of " + String.join(", ", known));
        return usual;
    }

    /** @param known what may stand in the list; empty lets anything */
    List<String> words(String key, List<String> known) {
        List<String> words = new ArrayList<>();
        if (has(key) && (!(get(key) instanceof List<?> some) || some.isEmpty())) {
            problem(key, key + " should be a list with at least one entry");
        } else if (get(key) instanceof List<?> list) {
            for (Object item : list) {
                boolean good = item instanceof String word && (known.isEmpty() || known.contains(word));
                if (good) {
                    words.add(String.valueOf(item));
                } else {
                    problem(
                            key,
                            key + " holds \"" + item + "\", expected "
                                    + (known.isEmpty() ? "texts" : String.join(", ", known)));
                }
            }
        }
        return words;
    }

    boolean yes(String key) {
        if (has(key) && !Boolean.TRUE.equals(get(key))) {
            problem(key, key + " can only be true; leave it out else");
        }
        return has(key);
    }

    OptionalInt count(String key) {
        if (!has(key)) {
            return OptionalInt.empty();
        }
        if (get(key) instanceof Integer number && number >= 0) {
            return OptionalInt.of(number);
        }
        problem(key, key + " should be a number of replicas");
        return OptionalInt.empty();
    }

    Map<FieldPath, Object> places(String key) {
        Map<FieldPath, Object> places = new LinkedHashMap<>();
        map(key).forEach((path, wanted) -> {
            if (wanted == null) {
                at(key, get(key)).problem(path, path + " has no value; to take a field away use remove");
            } else {
                parsed(key, path, places, wanted);
            }
        });
        return places;
    }

    private void parsed(String key, String path, Map<FieldPath, Object> places, Object wanted) {
        try {
            places.put(FieldPath.parse(path), wanted);
        } catch (IllegalArgumentException e) {
            at(key, get(key)).problem(path, String.valueOf(e.getMessage()));
        }
    }

    List<FieldPath> paths(String key) {
        List<FieldPath> paths = new ArrayList<>();
        for (String text : words(key, List.of())) {
            Map<FieldPath, Object> parsed = new LinkedHashMap<>();
            parsed(key, text, parsed, text);
            paths.addAll(parsed.keySet());
        }
        return paths;
    }

    Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(key).forEach((old, now) -> {
            if (now instanceof String text && !old.isEmpty()) {
                texts.put(old, text);
            } else {
                at(key, get(key))
                        .problem(old, key + " should be a map from the text that is there to the text instead");
            }
        });
        return texts;
    }

    @SuppressWarnings("unchecked") // the YAML reader makes every key a text
    private Map<String, @Nullable Object> map(String key) {
        Object found = get(key);
        if (has(key) && !(found instanceof Map<?, ?> map && !map.isEmpty())) {
            problem(key, key + " should be a map with at least one entry");
        }
        return found instanceof Map<?, ?> ? (Map<String, @Nullable Object>) found : Map.of();
    }
}
