package dev.plumbline.simulation.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The resource that a path means.
 *
 * @param name empty for the collection
 * @param subresource empty for the object itself
 * @param rest what stands behind the subresource, for proxies
 */
record Route(Resource resource, @Nullable String namespace, String name, String subresource, List<String> rest) {

    /** Absent when no resource is served there. */
    static Optional<Route> of(List<String> path, Resources resources) {
        boolean core = path.size() > 2 && path.get(0).equals("api");
        boolean grouped = path.size() > 3 && path.get(0).equals("apis");
        if (!core && !grouped) {
            return Optional.empty();
        }
        String apiVersion = core ? path.get(1) : path.get(1) + "/" + path.get(2);
        List<String> tail = path.subList(core ? 2 : 3, path.size());
        boolean inNamespace = tail.get(0).equals("namespaces") && tail.size() > 2;
        if (inNamespace) {
            Optional<Resource> within = resources
                    .atPath(apiVersion, tail.get(2))
                    .filter(r -> r.kind().namespaced());
            if (within.isPresent()) {
                return Optional.of(route(within.get(), tail.get(1), tail.subList(3, tail.size())));
            }
        }
        return resources
                .atPath(apiVersion, tail.get(0))
                .filter(resource -> !resource.kind().namespaced() || tail.size() == 1)
                .map(resource -> route(resource, null, tail.subList(1, tail.size())));
    }

    private static Route route(Resource resource, @Nullable String namespace, List<String> tail) {
        String name = tail.isEmpty() ? "" : tail.get(0);
        String subresource = tail.size() < 2 ? "" : tail.get(1);
        List<String> rest = tail.size() < 3 ? List.of() : tail.subList(2, tail.size());
        return new Route(resource, namespace, name, subresource, rest);
    }

    boolean collection() {
        return name.isEmpty();
    }
}
