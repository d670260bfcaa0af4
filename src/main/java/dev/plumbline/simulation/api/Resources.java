package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.cluster.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is served: the built-in resources and those of the CustomResourceDefinitions. Safe for many threads. */
final class Resources {

    private final Map<String, Resource> byPath = new LinkedHashMap<>();

    Resources() {
        BuiltIns.all().forEach(this::add);
    }

    private void add(Resource resource) {
        byPath.put(path(resource.kind().apiVersion(), resource.kind().plural()), resource);
    }

    private static String path(String apiVersion, String plural) {
        return apiVersion + "/" + plural;
    }

    synchronized Optional<Resource> atPath(String apiVersion, String plural) {
        return Optional.ofNullable(byPath.get(path(apiVersion, plural)));
    }

    synchronized Optional<Resource> ofKind(String apiVersion, String kind) {
        return byPath.values().stream()
                .filter(resource -> resource.kind().kind().equals(kind)
                        && resource.kind().apiVersion().equals(apiVersion))
                .findFirst();
    }

    /** The resource of a kind that must be there. */
    Resource named(String apiVersion, String kind) {
        return ofKind(apiVersion, kind).orElseThrow(Refusal::unknownPath);
    }

    Resource of(Kind kind) {
        return atPath(kind.apiVersion(), kind.plural()).orElseThrow(Refusal::unknownPath);
    }

    synchronized List<Resource> all() {
        return List.copyOf(byPath.values());
    }

    /** One resource for each stored set of objects, whatever its versions. */
    Collection<Resource> stored() {
        Map<String, Resource> byId = new LinkedHashMap<>();
        all().stream()
                .filter(resource -> !resource.has("review"))
                .forEach(resource -> byId.putIfAbsent(resource.id(), resource));
        return byId.values();
    }

    synchronized void learn(JsonNode definition) {
        forget(definition);
        JsonNode names = Json.at(definition, "spec", "names");
        List<String> shortNames = new ArrayList<>();
        names.path("shortNames").forEach(name -> shortNames.add(name.asText()));
        for (JsonNode version : Json.at(definition, "spec", "versions")) {
            if (version.path("served").asBoolean(true)) {
                Kind kind = new Kind(
                        Json.text(definition, "spec", "group"),
                        Json.text(version, "name"),
                        Json.text(names, "kind"),
                        Json.text(names, "plural"),
                        Json.text(definition, "spec", "scope").equals("Namespaced"));
                String singular = names.path("singular").asText(kind.kind().toLowerCase(java.util.Locale.ROOT));
                add(new Resource(kind, singular, shortNames, traits(version), new CustomResource(definition, version)));
            }
        }
    }

    private static Set<String> traits(JsonNode version) {
        Set<String> traits = new LinkedHashSet<>(Set.of("generation"));
        version.path("subresources").fieldNames().forEachRemaining(traits::add);
        return traits;
    }

    synchronized void forget(JsonNode definition) {
        String id = Json.text(definition, "spec", "names", "plural") + "." + Json.text(definition, "spec", "group");
        byPath.values()
                .removeIf(resource -> resource.crd() != null && resource.id().equals(id));
    }
}
