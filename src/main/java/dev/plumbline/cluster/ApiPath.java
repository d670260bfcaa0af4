package dev.plumbline.cluster;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a path of the API is about. {@code /api/v1/namespaces/shop/pods/web-0/exec} is resource pods, namespace shop, name
 * web-0, subresource exec; {@code /api/v1/namespaces/shop} is the namespace's own object.
 *
 * @param group empty for the core group
 * @param rest what follows the subresource, as the path behind a proxy
 */
record ApiPath(
        String group,
        @Nullable String namespace,
        String resource,
        @Nullable String name,
        @Nullable String subresource,
        String rest) {

    /** Absent for paths that are no resource, such as /version, and for paths that try to climb. */
    static Optional<ApiPath> parse(String path) {
        List<String> parts = parts(path);
        if (climbs(path) || parts.size() < 3) {
            return Optional.empty();
        }
        if (parts.get(0).equals("api")) {
            return Optional.of(resource("", parts.subList(2, parts.size())));
        }
        if (parts.get(0).equals("apis") && parts.size() > 3) {
            return Optional.of(resource(parts.get(1), parts.subList(3, parts.size())));
        }
        return Optional.empty();
    }

    /** Whether a server that tidies the path up would end elsewhere than the path says. */
    static boolean climbs(String path) {
        return Arrays.stream(path.split("/"))
                .map(part -> part.toLowerCase(java.util.Locale.ROOT))
                .anyMatch(part -> part.replace("%2e", ".").matches("\\.{1,2}") || part.contains("%2f"));
    }

    private static List<String> parts(String path) {
        return Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    private static ApiPath resource(String group, List<String> parts) {
        boolean inside = parts.get(0).equals("namespaces")
                && parts.size() > 2
                && !(group.isEmpty() && List.of("finalize", "status").contains(parts.get(2)));
        List<String> own = inside ? parts.subList(2, parts.size()) : parts;
        return new ApiPath(
                group,
                inside ? parts.get(1) : null,
                own.get(0),
                own.size() > 1 ? own.get(1) : null,
                own.size() > 2 ? own.get(2) : null,
                own.size() > 3 ? "/" + String.join("/", own.subList(3, own.size())) : "");
    }

    boolean is(String otherGroup, String otherResource) {
        return group.equals(otherGroup) && resource.equals(otherResource);
    }

    boolean has(String otherSubresource) {
        return otherSubresource.equals(subresource);
    }
}
