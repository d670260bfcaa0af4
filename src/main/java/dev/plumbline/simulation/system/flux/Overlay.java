package dev.plumbline.simulation.system.flux;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a Kustomization's spec adds (namespace, patches, images, components) into the kustomization file of its
 * directory, as the controller does; a directory that has none gets one that lists its manifests.
 */
record Overlay(Spec spec) {

    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    Map<String, byte[]> files(SortedMap<String, byte[]> files) throws Build.Failed {
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        String directory = spec.path().isEmpty() ? "" : spec.path() + "/";
        Optional<String> file = NAMES.stream()
                .map(name -> directory + name)
                .filter(all::containsKey)
                .findFirst();
        Map<String, Object> kustomization = file.isPresent()
                ? parse(file.get(), all.getOrDefault(file.get(), new byte[0]))
                : new LinkedHashMap<>(Map.of("resources", manifests(all, directory)));
        if (file.isPresent() && !adds()) {
            return all;
        }
        add(kustomization);
        byte[] content = Serialization.asYaml(kustomization).getBytes(StandardCharsets.UTF_8);
        all.put(file.orElse(directory + NAMES.get(0)), content);
        return all;
    }

    private static Map<String, Object> parse(String path, byte[] content) throws Build.Failed {
        try {
            Map<String, Object> parsed =
                    Serialization.unmarshal(new String(content, StandardCharsets.UTF_8), Map.class);
            return parsed == null ? new LinkedHashMap<>() : new LinkedHashMap<>(parsed);
        } catch (IllegalArgumentException e) {
            throw new Build.Failed("failed to decode " + path + ": " + e.getMessage());
        }
    }

    /** The manifests below a directory; a subdirectory with a kustomization file of its own stands for what it holds. */
    private static List<String> manifests(SortedMap<String, byte[]> files, String directory) {
        List<String> found = new ArrayList<>();
        for (String path : files.keySet()) {
            if (!path.startsWith(directory)) {
                continue;
            }
            String relative = path.substring(directory.length());
            boolean covered = found.stream().anyMatch(it -> relative.startsWith(it + "/"));
            Optional<String> own = owner(files, directory, relative);
            if (own.isPresent() && !found.contains(own.get())) {
                found.add(own.get());
            } else if (own.isEmpty() && !covered && relative.matches(".*\\.ya?ml")) {
                found.add(relative);
            }
        }
        return found;
    }

    private static Optional<String> owner(SortedMap<String, byte[]> files, String directory, String relative) {
        for (int slash = relative.indexOf('/'); slash > 0; slash = relative.indexOf('/', slash + 1)) {
            String sub = relative.substring(0, slash);
            if (NAMES.stream().anyMatch(name -> files.containsKey(directory + sub + "/" + name))) {
                return Optional.of(sub);
            }
        }
        return Optional.empty();
    }

    private boolean adds() {
        return List.of("targetNamespace", "namePrefix", "nameSuffix", "patches", "images", "components").stream()
                .anyMatch(field -> spec.object().get("spec", field) != null);
    }

    private void add(Map<String, Object> kustomization) {
        replace(kustomization, "namespace", spec.text("targetNamespace"));
        replace(kustomization, "namePrefix", spec.text("namePrefix"));
        replace(kustomization, "nameSuffix", spec.text("nameSuffix"));
        append(kustomization, "patches");
        append(kustomization, "images");
        append(kustomization, "components");
    }

    private static void replace(Map<String, Object> kustomization, String field, @Nullable String value) {
        if (value != null) {
            kustomization.put(field, value);
        }
    }

    private void append(Map<String, Object> kustomization, String field) {
        List<Object> added = spec.object().get("spec", field);
        if (added != null) {
            List<Object> all = new ArrayList<>();
            if (kustomization.get(field) instanceof List<?> present) {
                all.addAll(present);
            }
            all.addAll(added);
            kustomization.put(field, all);
        }
    }
}
