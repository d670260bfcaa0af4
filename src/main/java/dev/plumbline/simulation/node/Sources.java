package dev.plumbline.simulation.node;

import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The data of ConfigMaps and Secrets as bytes. */
final class Sources {

    private final ClusterState state;

    Sources(ClusterState state) {
        this.state = state;
    }

    Optional<Map<String, byte[]>> configMap(String namespace, String name) {
        return state.get(ConfigMap.class, namespace, name).map(configMap -> {
            Map<String, byte[]> data = new TreeMap<>();
            if (configMap.getData() != null) {
                configMap.getData().forEach((key, text) -> data.put(key, text.getBytes(StandardCharsets.UTF_8)));
            }
            decode(configMap.getBinaryData(), data);
            return data;
        });
    }

    Optional<Map<String, byte[]>> secret(String namespace, String name) {
        return state.get(Secret.class, namespace, name).map(secret -> {
            Map<String, byte[]> data = new TreeMap<>();
            decode(secret.getData(), data);
            return data;
        });
    }

    private static void decode(@Nullable Map<String, String> encoded, Map<String, byte[]> data) {
        if (encoded != null) {
            encoded.forEach((key, text) -> data.put(key, Base64.getMimeDecoder().decode(text)));
        }
    }

    /** Only these keys, at these paths; all, at their own, when none are named. */
    static Map<String, byte[]> at(Map<String, byte[]> data, @Nullable List<KeyToPath> items) {
        if (items == null || items.isEmpty()) {
            return data;
        }
        Map<String, byte[]> result = new TreeMap<>();
        for (KeyToPath item : items) {
            byte[] content = data.get(item.getKey());
            if (content != null) {
                result.put(item.getPath(), content);
            }
        }
        return result;
    }
}
