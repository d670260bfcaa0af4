package dev.plumbline.simulation.system.flux;

import dev.plumbline.gitops.Snapshot;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Helm chart in a directory of a repository. Its templates may insert values, the release's and the chart's name, and
 * quote them; all else of the template language is refused as not simulated.
 *
 * @param version as Chart.yaml says it, with the revision behind it
 */
record Chart(String name, String version, Map<String, Object> values, List<String> templates) {

    private static final Pattern ACTION = Pattern.compile("\\{\\{-?\\s*(.*?)\\s*-?}}");
    private static final Pattern VALUE = Pattern.compile("\\.([A-Za-z]+(?:\\.[A-Za-z0-9_]+)+)(\\s*\\|\\s*quote)?");

    /** @throws NotSimulated when there is no chart in the directory */
    static Chart of(Snapshot artifact, String directory) throws NotSimulated {
        String folder = directory.replaceFirst("^\\./", "").replaceFirst("/*$", "/");
        byte[] file = artifact.files().get(folder + "Chart.yaml");
        if (file == null) {
            throw new NotSimulated("chart '" + directory + "' not found: no Chart.yaml");
        }
        Map<String, Object> chart = map(file);
        byte[] values = artifact.files().get(folder + "values.yaml");
        List<String> templates = new ArrayList<>();
        artifact.files().forEach((path, content) -> {
            if (path.startsWith(folder + "templates/") && path.matches(".*\\.ya?ml")) {
                templates.add(new String(content, StandardCharsets.UTF_8));
            }
        });
        String version = chart.get("version") + "+" + artifact.commit().substring(0, 12);
        return new Chart(
                String.valueOf(chart.get("name")), version, values == null ? Map.of() : map(values), templates);
    }

    private static Map<String, Object> map(byte[] yaml) {
        return Serialization.unmarshal(new String(yaml, StandardCharsets.UTF_8), Map.class);
    }

    /** The objects of a release. */
    List<GenericKubernetesResource> render(String release, String namespace, Map<String, Object> given)
            throws NotSimulated {
        Map<String, Object> names = Map.of(
                "Values", merged(values, given),
                "Release", Map.of("Name", release, "Namespace", namespace),
                "Chart", Map.of("Name", name, "Version", version));
        List<GenericKubernetesResource> objects = new ArrayList<>();
        for (String template : templates) {
            for (String document : filled(template, names).split("(?m)^---$")) {
                if (!document.isBlank()) {
                    objects.add(Serialization.unmarshal(document, GenericKubernetesResource.class));
                }
            }
        }
        return objects;
    }

    private static String filled(String template, Map<String, Object> names) throws NotSimulated {
        StringBuilder text = new StringBuilder();
        Matcher action = ACTION.matcher(template);
        while (action.find()) {
            Matcher value = VALUE.matcher(action.group(1));
            if (!value.matches()) {
                throw new NotSimulated("not simulated: {{ " + action.group(1) + " }} in a template of a chart");
            }
            String found = String.valueOf(at(names, value.group(1)));
            String shown = value.group(2) == null ? found : '"' + found.replace("\"", "\\\"") + '"';
            action.appendReplacement(text, Matcher.quoteReplacement(shown));
        }
        return action.appendTail(text).toString();
    }

    private static Object at(Map<String, Object> names, String path) throws NotSimulated {
        Object here = names;
        for (String step : path.split("\\.")) {
            here = here instanceof Map<?, ?> map ? map.get(step) : null;
        }
        if (here == null) {
            throw new NotSimulated("nil pointer evaluating ." + path);
        }
        return here;
    }

    private static Map<String, Object> merged(Map<String, Object> low, @Nullable Map<?, ?> high) {
        Map<String, Object> all = new LinkedHashMap<>(low);
        if (high != null) {
            high.forEach((key, value) -> all.merge(
                    String.valueOf(key),
                    value,
                    (old, one) -> old instanceof Map<?, ?> below && one instanceof Map<?, ?> above
                            ? merged(copy(below), above)
                            : one));
        }
        return all;
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    /** The chart cannot be rendered. */
    static final class NotSimulated extends Exception {
        private static final long serialVersionUID = 1L;

        NotSimulated(String message) {
            super(message);
        }
    }
}
