package dev.plumbline.cluster;

import dev.plumbline.cluster.AggregatedDiscovery.Served;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.client.Client;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * The kinds of a cluster's discovery, read once and again when one is not found: custom kinds come later. A server that
 * cannot be asked is a {@code KubernetesClientException}.
 */
public final class DiscoveredKinds implements Kinds {

    /** Groups that serve again what the core group serves. */
    private static final Set<String> TWINS_OF_CORE = Set.of("events.k8s.io", "metrics.k8s.io", "extensions");

    /** How a word may name a kind, the strictest way first; a stricter match hides the others. */
    private static final List<BiPredicate<Served, String>> WAYS = List.of(
            (served, word) -> served.kind().kind().equals(word),
            (served, word) -> served.kind().kind().equalsIgnoreCase(word),
            (served, word) -> served.kind().plural().equals(word.toLowerCase(Locale.ROOT)),
            (served, word) -> served.shortNames().contains(word));

    private final Client client;
    private final ConcurrentHashMap<String, List<Served>> byApiVersion = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Kind> byWord = new ConcurrentHashMap<>();
    private volatile List<Served> all = List.of();
    private volatile Set<String> unasked = Set.of();

    public DiscoveredKinds(KubernetesClient client) {
        this.client = client.newClient(
                new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                        .withRequestRetryBackoffLimit(1)
                        .build());
    }

    @Override
    public Kind named(String word) {
        Kind known = byWord.get(word);
        if (known == null) {
            known = resolved(word);
            byWord.put(word, known);
        }
        return known;
    }

    private Kind resolved(String word) {
        int dot = word.indexOf('.');
        String name = dot < 0 ? word : word.substring(0, dot);
        String group = dot < 0 ? "" : word.substring(dot + 1);
        List<Served> known = all;
        List<Kind> found = find(known, name, group);
        if (found.isEmpty()) {
            found = find(newerThan(known), name, group);
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new UnknownKind(found.isEmpty() ? unknown(word) : ambiguous(word, found));
    }

    /** Asks again, unless another thread has done so in the meantime. */
    private synchronized List<Served> newerThan(List<Served> known) {
        if (all == known) {
            all = aggregated().orElseGet(this::discover);
            byWord.clear();
        }
        return all;
    }

    /** The kinds that a word may mean, one a group. */
    private static List<Kind> find(List<Served> served, String name, String group) {
        for (BiPredicate<Served, String> way : WAYS) {
            Set<String> groups = new LinkedHashSet<>();
            List<Kind> found = served.stream()
                    .filter(one -> way.test(one, name)
                            && (group.isEmpty()
                                    || group.equals(
                                            one.kind().group().isEmpty()
                                                    ? "core"
                                                    : one.kind().group())))
                    .map(Served::kind)
                    .filter(kind -> groups.add(kind.group()))
                    .toList();
            if (!found.isEmpty()) {
                boolean core = found.stream().anyMatch(kind -> kind.group().isEmpty());
                return core
                        ? found.stream()
                                .filter(kind -> !TWINS_OF_CORE.contains(kind.group()))
                                .toList()
                        : found;
            }
        }
        return List.of();
    }

    private String unknown(String word) {
        return "the cluster serves no kind \"" + word
                + "\"; expected a kind such as Deployment, its plural or its short name, with .group where needed"
                + (unasked.isEmpty() ? "" : " (these groups could not be asked: " + String.join(", ", unasked) + ")");
    }

    private static String ambiguous(String word, List<Kind> found) {
        return "\"" + word + "\" is served by several groups; say which: "
                + found.stream()
                        .map(kind -> kind.kind() + "." + (kind.group().isEmpty() ? "core" : kind.group()))
                        .collect(Collectors.joining(", "));
    }

    @Override
    public Kind of(String apiVersion, String kind) {
        return known(byApiVersion.getOrDefault(apiVersion, List.of()), kind)
                .or(() -> known(ask(apiVersion), kind))
                .orElseThrow(() -> new UnknownKind("the cluster does not serve " + apiVersion + " " + kind));
    }

    private static Optional<Kind> known(List<Served> served, String kind) {
        return served.stream()
                .map(Served::kind)
                .filter(one -> one.kind().equals(kind))
                .findFirst();
    }

    private Optional<List<Served>> aggregated() {
        Optional<List<AggregatedDiscovery.Version>> versions = new AggregatedDiscovery(client).ask();
        versions.ifPresent(answered -> {
            unasked = answered.stream()
                    .filter(AggregatedDiscovery.Version::stale)
                    .map(AggregatedDiscovery.Version::apiVersion)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            answered.stream()
                    .filter(version -> !version.stale())
                    .forEach(version -> byApiVersion.put(version.apiVersion(), version.served()));
        });
        return versions.map(answered ->
                answered.stream().flatMap(version -> version.served().stream()).toList());
    }

    private List<Served> discover() {
        List<String> versions = new ArrayList<>();
        versions.add("v1");
        for (APIGroup group : client.getApiGroups().getGroups()) {
            // the preferred version first, so that it stands for its group
            versions.add(group.getPreferredVersion().getGroupVersion());
            group.getVersions().stream()
                    .map(GroupVersionForDiscovery::getGroupVersion)
                    .filter(version -> !versions.contains(version))
                    .forEach(versions::add);
        }
        Set<String> failed = new LinkedHashSet<>();
        List<Served> served = new ArrayList<>();
        for (String version : versions) {
            try {
                served.addAll(ask(version));
            } catch (KubernetesClientException e) {
                // an aggregated API whose server is down must not hide all others
                if (version.equals("v1") || e.getCode() != 503) {
                    throw e;
                }
                failed.add(version);
            }
        }
        unasked = failed;
        return List.copyOf(served);
    }

    private List<Served> ask(String apiVersion) {
        APIResourceList list = client.getApiResources(apiVersion);
        List<Served> served = list == null
                ? List.of()
                : list.getResources().stream()
                        .filter(resource -> !resource.getName().contains("/"))
                        .map(resource -> served(apiVersion, resource))
                        .toList();
        byApiVersion.put(apiVersion, served);
        return served;
    }

    private static Served served(String apiVersion, APIResource resource) {
        int slash = apiVersion.indexOf('/');
        Kind kind = new Kind(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                resource.getKind(),
                resource.getName(),
                Boolean.TRUE.equals(resource.getNamespaced()));
        List<String> shortNames = resource.getShortNames() == null ? List.of() : resource.getShortNames();
        return new Served(kind, shortNames);
    }
}
