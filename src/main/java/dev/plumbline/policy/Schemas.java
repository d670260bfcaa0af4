package dev.plumbline.policy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/** The API schemas that were captured from a server; a group is loaded when it is first asked for. */
final class Schemas {
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Optional<GroupSchemas>> groups = new ConcurrentHashMap<>();
    private final List<String> names = index();

    /** The schemas of an apiVersion such as {@code apps/v1}. */
    Optional<GroupSchemas> of(String apiVersion) {
        return groups.computeIfAbsent(apiVersion, this::load);
    }

    /** The versions that are known of a group. */
    List<String> versions(String group) {
        List<String> versions = new ArrayList<>();
        String prefix = (group.isEmpty() ? "core" : group) + "_";
        for (String name : names) {
            if (name.startsWith(prefix)) {
                String version = name.substring(prefix.length());
                versions.add(group.isEmpty() ? version : group + "/" + version);
            }
        }
        return versions;
    }

    /** The group that serves a kind, the core group (empty) before the others and {@code apps} before the rest. */
    Optional<String> groupOf(String kind) {
        return names.stream()
                .sorted(Comparator.comparingInt(Schemas::rank))
                .map(name -> name.replaceFirst("^core_", "").replace('_', '/'))
                .filter(apiVersion -> of(apiVersion).stream()
                        .flatMap(it -> it.kinds().stream())
                        .anyMatch(kind::equalsIgnoreCase))
                .findFirst()
                .map(apiVersion -> apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "");
    }

    private static int rank(String name) {
        return name.startsWith("core_") ? 0 : name.startsWith("apps_") ? 1 : 2;
    }

    private Optional<GroupSchemas> load(String apiVersion) {
        String name = apiVersion.contains("/") ? apiVersion.replace('/', '_') : "core_" + apiVersion;
        if (!names.contains(name)) {
            return Optional.empty();
        }
        try (InputStream packed = resource(name + ".json.gz");
                InputStream plain = new GZIPInputStream(packed)) {
            return Optional.of(new GroupSchemas(apiVersion, (ObjectNode) json.readTree(plain)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> index() {
        try (InputStream index = resource("index.txt")) {
            return new String(index.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = Schemas.class.getResourceAsStream("schemas/" + name);
        if (resource == null) {
            throw new IOException("the schemas are not complete: no " + name);
        }
        return resource;
    }
}
