package dev.plumbline.simulation.node;

import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resolves the environment of a container. */
final class Environment {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([-._A-Za-z0-9]+)\\)");
    private static final Pattern KEYED = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)'\\]");

    private final Sources sources;

    Environment(ClusterState state) {
        this.sources = new Sources(state);
    }

    /** @throws Unready naming the ConfigMap, Secret or key that is missing, as the kubelet words it */
    Map<String, String> of(Pod pod, Container container) throws Unready {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        env.put("HOSTNAME", hostname(pod));
        env.put("KUBERNETES_SERVICE_HOST", "10.43.0.1");
        env.put("KUBERNETES_SERVICE_PORT", "443");
        for (EnvFromSource source : container.getEnvFrom()) {
            all(pod, source).forEach((key, value) -> env.put(prefix(source) + key, text(value)));
        }
        for (EnvVar variable : container.getEnv()) {
            String value = variable.getValueFrom() == null
                    ? expanded(variable.getValue() == null ? "" : variable.getValue(), env)
                    : from(pod, container, variable.getValueFrom());
            if (value != null) {
                env.put(variable.getName(), value);
            }
        }
        return env;
    }

    static String hostname(Pod pod) {
        String own = pod.getSpec().getHostname();
        return own == null || own.isEmpty() ? pod.getMetadata().getName() : own;
    }

    private static String prefix(EnvFromSource source) {
        return source.getPrefix() == null ? "" : source.getPrefix();
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    private Map<String, byte[]> all(Pod pod, EnvFromSource source) throws Unready {
        String namespace = pod.getMetadata().getNamespace();
        if (source.getConfigMapRef() != null) {
            String name = source.getConfigMapRef().getName();
            boolean optional = Boolean.TRUE.equals(source.getConfigMapRef().getOptional());
            return there(sources.configMap(namespace, name), optional, "configmap \"" + name + "\" not found");
        }
        if (source.getSecretRef() == null) {
            return Map.of();
        }
        String name = source.getSecretRef().getName();
        boolean optional = Boolean.TRUE.equals(source.getSecretRef().getOptional());
        return there(sources.secret(namespace, name), optional, "secret \"" + name + "\" not found");
    }

    private static Map<String, byte[]> there(Optional<Map<String, byte[]>> data, boolean optional, String missing)
            throws Unready {
        if (data.isEmpty() && !optional) {
            throw new Unready(missing);
        }
        return data.orElse(Map.of());
    }

    private @Nullable String from(Pod pod, Container container, EnvVarSource source) throws Unready {
        String namespace = pod.getMetadata().getNamespace();
        if (source.getConfigMapKeyRef() != null) {
            var ref = source.getConfigMapKeyRef();
            boolean optional = Boolean.TRUE.equals(ref.getOptional());
            var data = there(
                    sources.configMap(namespace, ref.getName()),
                    optional,
                    "configmap \"" + ref.getName() + "\" not found");
            return key(data, ref.getKey(), optional, "ConfigMap " + namespace + "/" + ref.getName());
        }
        if (source.getSecretKeyRef() != null) {
            var ref = source.getSecretKeyRef();
            boolean optional = Boolean.TRUE.equals(ref.getOptional());
            var data = there(
                    sources.secret(namespace, ref.getName()), optional, "secret \"" + ref.getName() + "\" not found");
            return key(data, ref.getKey(), optional, "Secret " + namespace + "/" + ref.getName());
        }
        if (source.getFieldRef() != null) {
            return field(pod, source.getFieldRef().getFieldPath());
        }
        return source.getResourceFieldRef() == null
                ? null
                : resource(container, source.getResourceFieldRef().getResource());
    }

    private static @Nullable String key(Map<String, byte[]> data, String key, boolean optional, String where)
            throws Unready {
        byte[] value = data.get(key);
        if (value == null && !optional) {
            throw new Unready("couldn't find key " + key + " in " + where);
        }
        return value == null ? null : text(value);
    }

    private static String field(Pod pod, String path) {
        Matcher keyed = KEYED.matcher(path);
        if (keyed.matches()) {
            var map = keyed.group(1).equals("labels")
                    ? pod.getMetadata().getLabels()
                    : pod.getMetadata().getAnnotations();
            return map == null ? "" : map.getOrDefault(keyed.group(2), "");
        }
        String value = switch (path) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "spec.serviceAccountName" -> pod.getSpec().getServiceAccountName();
            case "status.podIP", "status.podIPs" -> pod.getStatus().getPodIP();
            case "status.hostIP", "status.hostIPs" -> pod.getStatus().getHostIP();
            default -> "";
        };
        return value == null ? "" : value;
    }

    private static String resource(Container container, String resource) {
        if (container.getResources() == null || !resource.contains(".")) {
            return "0";
        }
        var map = resource.startsWith("limits.")
                ? container.getResources().getLimits()
                : container.getResources().getRequests();
        Quantity quantity = map == null ? null : map.get(resource.substring(resource.indexOf('.') + 1));
        return quantity == null
                ? "0"
                : quantity.getNumericalAmount()
                        .setScale(0, java.math.RoundingMode.CEILING)
                        .toPlainString();
    }

    static String expanded(String text, Map<String, String> env) {
        return REFERENCE.matcher(text).replaceAll(reference -> {
            String value = env.get(reference.group(1));
            return Matcher.quoteReplacement(value == null ? reference.group() : value);
        });
    }
}
