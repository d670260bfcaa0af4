package dev.plumbline.run;

import dev.plumbline.criterion.Example;
import dev.plumbline.profile.Profile;
import dev.plumbline.steps.Vocabulary;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The objects that a scenario names, as its text says it; what a step changes without naming it is not seen.
 *
 * @param changed by its steps
 * @param applied from manifests: for others a change only where somebody else changes it
 * @param judged looked at
 */
record Touched(Set<Name> changed, Set<Name> applied, Set<Name> judged) {

    private static final Pattern IN_NAMESPACE = Pattern.compile("([\\w.]+) \"([^\"]+)\" in namespace \"([^\"]+)\"");
    private static final Pattern WITHOUT =
            Pattern.compile("\\b([A-Z][\\w.]*|deployment|statefulset|pod) \"([^\"]+)\"(?! in namespace)");
    private static final String COMMIT = "a commit ";

    /**
     * An object.
     *
     * @param kind in lower case, without its group
     * @param namespace empty where the text does not say it
     */
    record Name(String kind, String namespace, String name) {

        static Name of(String kind, String namespace, String name) {
            return new Name(kind.toLowerCase(Locale.ROOT).replaceFirst("\\..*", ""), namespace, name);
        }

        private boolean fits(Name other) {
            boolean sameNamespace =
                    namespace.isEmpty() || other.namespace.isEmpty() || namespace.equals(other.namespace);
            return sameNamespace && kind.equals(other.kind) && name.equals(other.name);
        }
    }

    /**
     * Reads a scenario.
     *
     * @param objects the objects of a directory with manifests
     */
    static Touched by(
            Example example, Map<String, Vocabulary.Step> steps, Profile profile, Function<Path, List<Name>> objects) {
        Touched touched = new Touched(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        for (String step : example.steps()) {
            String text = profile.filled(step);
            Matcher apply = ManifestCheck.APPLIED.matcher(text);
            if (apply.find()) {
                touched.applied.addAll(objects.apply(Path.of(apply.group(1))));
            } else if (text.startsWith(COMMIT)) {
                touched.changed.add(new Name("commit", "", ""));
            } else {
                (writes(Objects.requireNonNull(steps.get(step), step)) ? touched.changed : touched.judged)
                        .addAll(names(text));
            }
        }
        return touched;
    }

    private static boolean writes(Vocabulary.Step definition) {
        return definition.rights().stream()
                .flatMap(rights -> Right.all(rights).stream())
                .anyMatch(Right::writes);
    }

    private static Set<Name> names(String text) {
        Set<Name> names = new LinkedHashSet<>();
        IN_NAMESPACE
                .matcher(text)
                .results()
                .forEach(found -> names.add(
                        Name.of(found.group(1), found.group(3), found.group(2).replaceFirst(":\\d+$", ""))));
        WITHOUT.matcher(text).results().forEach(found -> names.add(Name.of(found.group(1), "", found.group(2))));
        return names;
    }

    /** Whether one changes what the other touches. */
    boolean disturbs(Touched other) {
        return changes(other) || other.changes(this);
    }

    private boolean changes(Touched other) {
        return changed.stream()
                .anyMatch(mine -> other.changed.stream().anyMatch(mine::fits)
                        || other.applied.stream().anyMatch(mine::fits)
                        || other.judged.stream().anyMatch(mine::fits));
    }
}
