package dev.plumbline.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.action.ManifestDirectory;
import dev.plumbline.criterion.Example;
import dev.plumbline.policy.KnownKinds;
import dev.plumbline.policy.Manifest;
import dev.plumbline.policy.ManifestReader;
import dev.plumbline.profile.Profile;
import dev.plumbline.steps.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The rights that a scenario needs, from what its steps say and from the manifests that they bring in. */
final class ScenarioRights {

    /**
     * Whoever writes sees by the UID of kube-system which cluster it is, looks for namespaces that killed runs left, and
     * says on his own each minute that the run is alive.
     */
    private static final List<Right> WRITER = Right.all("get,list,patch namespaces");

    /** The ledger in a namespace that was there before. */
    private static final List<Right> LEDGER = Right.all("list,create,patch,delete secrets");

    /** What a StatefulSet leaves behind. */
    private static final List<Right> CLAIMS = Right.all("get,list,watch,delete persistentvolumeclaims");

    /** A pod is applied when there is the account that it runs as. */
    private static final List<Right> ACCOUNTS = Right.all("list,watch serviceaccounts");

    /** Whether a node has one. */
    private static final List<Right> GPU = Right.all("list,watch nodes");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vocabulary vocabulary;
    private final Path manifests;

    /** @param manifests the parent of the documents' manifests */
    ScenarioRights(Vocabulary vocabulary, Path manifests) {
        this.vocabulary = vocabulary;
        this.manifests = manifests;
    }

    /** Without what the guard lets nobody write: objects of the cluster, but for namespaces. */
    SortedSet<Right> of(Example example, Profile profile) {
        List<Manifest> brought = new ArrayList<>();
        example.steps().forEach(step -> brought.addAll(brought(profile.filled(step))));
        brought.removeIf(manifest ->
                KnownKinds.ofTheCluster(manifest.kind()) && !manifest.kind().equals("Namespace"));
        KnownKinds kinds = new KnownKinds(brought);
        SortedSet<Right> rights = new TreeSet<>();
        for (String step : example.steps()) {
            vocabulary.find(step).ifPresent(found -> {
                String kind = found.kindIn(step)
                        .map(word -> kinds.resource(word).orElse(word.toLowerCase(java.util.Locale.ROOT) + "s.*"))
                        .orElse("");
                found.rights().forEach(text -> rights.addAll(resolved(text.replace("{kind}", kind), brought, kinds)));
            });
        }
        if (rights.stream().anyMatch(Right::writes) || example.changesCluster()) {
            rights.addAll(WRITER);
            rights.addAll(profile.writable().isEmpty() ? List.of() : LEDGER);
        }
        if (brought.stream().anyMatch(manifest -> manifest.kind().equals("StatefulSet"))) {
            rights.addAll(CLAIMS);
        }
        if (example.needs().contains("gpu")) {
            rights.addAll(GPU);
        }
        if (brought.stream().anyMatch(manifest -> manifest.kind().equals("Pod"))) {
            rights.addAll(ACCOUNTS);
        }
        return rights;
    }

    private static SortedSet<Right> resolved(String text, List<Manifest> brought, KnownKinds kinds) {
        SortedSet<Right> rights = new TreeSet<>();
        for (Right right : Right.all(text)) {
            if (!right.resource().equals("{manifests}") && !right.resource().equals("*")) {
                rights.add(right);
                continue;
            }
            brought.stream()
                    .map(manifest -> new Right(right.verb(), kinds.resource(manifest.group(), manifest.kind())))
                    .forEach(rights::add);
        }
        if (text.contains("{manifests}")) {
            brought.stream().flatMap(manifest -> granted(manifest).stream()).forEach(rights::add);
        }
        return rights;
    }

    /** Who makes a role must have what it grants: the API server lets nobody grant more than he has. */
    private static List<Right> granted(Manifest manifest) {
        if (!manifest.kind().equals("Role") && !manifest.kind().equals("ClusterRole")) {
            return List.of();
        }
        List<Right> granted = new ArrayList<>();
        for (var rule : JSON.valueToTree(manifest.object()).path("rules")) {
            for (var resource : rule.path("resources")) {
                for (var group : rule.path("apiGroups")) {
                    String suffix = group.asText().isEmpty() ? "" : "." + group.asText();
                    rule.path("verbs")
                            .forEach(verb -> granted.add(new Right(verb.asText(), resource.asText() + suffix)));
                }
            }
        }
        return granted;
    }

    private List<Manifest> brought(String step) {
        var applied = ManifestCheck.APPLIED.matcher(step);
        if (applied.find()) {
            return ManifestDirectory.objects(Path.of(applied.group(1))).stream()
                    .map(object -> new Manifest(applied.group(1), 1, tree(object)))
                    .toList();
        }
        var deployed = ManifestCheck.DEPLOYED.matcher(step);
        return deployed.find() ? read(manifests.resolve(deployed.group(1))) : List.of();
    }

    /** All that a repository holds but what only Flux reads: Flux is not brought to a cluster that is already there. */
    private static List<Manifest> read(Path directory) {
        try {
            return ManifestReader.read(directory).manifests().stream()
                    .filter(manifest -> !manifest.group().endsWith(".toolkit.fluxcd.io"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> tree(Object object) {
        return JSON.convertValue(object, new com.fasterxml.jackson.core.type.TypeReference<>() {});
    }
}
