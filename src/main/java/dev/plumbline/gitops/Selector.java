package dev.plumbline.gitops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The {@code target} of a patch: names, kinds and namespaces are patterns that must match as a whole. */
final class Selector implements Predicate<Resource> {
    private static final Set<String> FIELDS =
            Set.of("group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector");
    private static final Pattern TERM = Pattern.compile(
            "\\s*(?:(?<not>!)\\s*)?(?<key>[^\\s=!,()]+)\\s*(?:(?<op>==|=|!=|\\bin\\b|\\bnotin\\b)\\s*(?:\\((?<set>[^)]*)\\)|(?<value>[^\\s,()]*)))?\\s*(?:,|$)");

    private final List<Predicate<Resource>> conditions = new ArrayList<>();

    private Selector() {}

    static Selector read(Settings target) throws KustomizeException {
        target.only(FIELDS);
        Selector selector = new Selector();
        selector.add(target, "group", (resource, it) -> it.test(resource.group()));
        selector.add(target, "version", (resource, it) -> {
            String version = resource.identity().apiVersion();
            return it.test(version.substring(version.indexOf('/') + 1));
        });
        selector.add(target, "kind", (resource, it) -> it.test(resource.kind()));
        selector.add(target, "name", (resource, it) -> it.test(resource.first().name()) || it.test(resource.name()));
        selector.add(
                target,
                "namespace",
                (resource, it) ->
                        it.test(Resource.Identity.effective(resource.first().namespace()))
                                || it.test(Resource.Identity.effective(
                                        resource.identity().namespace())));
        selector.addTerms(target, "labelSelector", "labels");
        selector.addTerms(target, "annotationSelector", "annotations");
        return selector;
    }

    private interface Check {
        boolean holds(Resource resource, Predicate<String> pattern);
    }

    private void add(Settings target, String field, Check check) throws KustomizeException {
        String text = target.text(field).orElse("");
        if (!text.isEmpty()) {
            try {
                Predicate<String> pattern = Pattern.compile(text).asMatchPredicate();
                conditions.add(resource -> check.holds(resource, pattern));
            } catch (PatternSyntaxException e) {
                throw target.error(field, "\"" + text + "\" is no pattern: " + e.getDescription());
            }
        }
    }

    private void addTerms(Settings target, String field, String metadata) throws KustomizeException {
        String text = target.text(field).orElse("").strip();
        Matcher term = TERM.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!term.find(end) || term.start() != end) {
                throw target.error(field, "\"" + text + "\" is no selector");
            }
            end = term.end();
            conditions.add(condition(term, metadata));
        }
    }

    private static Predicate<Resource> condition(Matcher term, String metadata) {
        String key = term.group("key");
        String operator = term.group("op");
        Set<String> values = term.group("set") != null
                ? Set.of(term.group("set").strip().split("\\s*,\\s*"))
                : Set.of(String.valueOf(term.group("value")));
        boolean wanted = term.group("not") == null && !"!=".equals(operator) && !"notin".equals(operator);
        return resource -> {
            Map<String, Object> pairs = Fields.asMap(resource.metadata().get(metadata));
            Object value = pairs.get(key);
            boolean matches = value != null && (operator == null || values.contains(String.valueOf(value)));
            return matches == wanted;
        };
    }

    @Override
    public boolean test(Resource resource) {
        return conditions.stream().allMatch(it -> it.test(resource));
    }
}
