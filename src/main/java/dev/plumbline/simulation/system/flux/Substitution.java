package dev.plumbline.simulation.system.flux;

import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables of {@code spec.postBuild}. They are replaced in the built YAML, so a value that then looks like a number
 * or a truth value is one, whatever the manifest's quotes said.
 */
record Substitution(Map<String, String> variables) {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$(\\$?)\\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-=])([^}]*))?}");

    /** @throws Build.Failed when something that {@code substituteFrom} names is not there */
    static Substitution of(Spec spec, ClusterState state) throws Build.Failed {
        Map<String, String> variables = new LinkedHashMap<>();
        String namespace = spec.object().getMetadata().getNamespace();
        for (Map<String, Object> from : spec.list("postBuild", "substituteFrom")) {
            String kind = String.valueOf(from.get("kind"));
            String name = String.valueOf(from.get("name"));
            Map<String, String> data =
                    kind.equals("Secret") ? secret(state, namespace, name) : configMap(state, namespace, name);
            if (data != null) {
                variables.putAll(data);
            } else if (!Boolean.TRUE.equals(from.get("optional"))) {
                String plural = kind.equals("Secret") ? "secrets" : "configmaps";
                throw new Build.Failed("post build failed: substitute from '" + kind + "/" + name + "' error: " + plural
                        + " \"" + name + "\" not found");
            }
        }
        variables.putAll(spec.strings("postBuild", "substitute"));
        return new Substitution(variables);
    }

    private static @Nullable Map<String, String> configMap(ClusterState state, String namespace, String name) {
        return state.get(ConfigMap.class, namespace, name)
                .map(it -> it.getData() == null ? Map.<String, String>of() : it.getData())
                .orElse(null);
    }

    private static @Nullable Map<String, String> secret(ClusterState state, String namespace, String name) {
        Map<String, String> plain = new LinkedHashMap<>();
        Secret secret = state.get(Secret.class, namespace, name).orElse(null);
        if (secret == null) {
            return null;
        }
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            plain.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return plain;
    }

    GenericKubernetesResource in(GenericKubernetesResource object) {
        if (variables.isEmpty() || Marks.has(object, Marks.SUBSTITUTE, "disabled")) {
            return object;
        }
        Map<?, ?> tree = Serialization.unmarshal(Serialization.asJson(object), Map.class);
        return Serialization.unmarshal(Serialization.asJson(walk(tree)), GenericKubernetesResource.class);
    }

    private @Nullable Object walk(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> result = new LinkedHashMap<>();
            map.forEach((key, item) -> result.put(replace(String.valueOf(key)), walk(item)));
            return result;
        }
        if (value instanceof List<?> list) {
            List<Object> result = new ArrayList<>();
            list.forEach(item -> result.add(walk(item)));
            return result;
        }
        if (value instanceof String text && VARIABLE.matcher(text).find()) {
            return scalar(replace(text));
        }
        return value;
    }

    private static Object scalar(String text) {
        if (text.matches("-?(?:0|[1-9]\\d{0,17})")) {
            return Long.valueOf(text);
        }
        if (text.matches("-?\\d+\\.\\d+")) {
            return Double.valueOf(text);
        }
        return text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
    }

    private String replace(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
    }

    private String value(MatchResult found) {
        if (!found.group(1).isEmpty()) {
            return found.group().substring(1);
        }
        String value = variables.get(found.group(2));
        boolean useDefault =
                found.group(3) != null && (value == null || (found.group(3).startsWith(":") && value.isEmpty()));
        return useDefault ? found.group(4) : value == null ? "" : value;
    }
}
