package dev.plumbline.run;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One verb on one resource of the API.
 *
 * @param resource plural, with its subresource or group: {@code pods}, {@code pods/exec}, {@code deployments.apps}
 */
public record Right(String verb, String resource) implements Comparable<Right> {

    private static final List<String> VERBS = List.of("get", "list", "watch", "create", "patch", "update", "delete");
    private static final Comparator<Right> ORDER =
            Comparator.comparing(Right::resource).thenComparing(Right::rank).thenComparing(Right::verb);

    /** Reads {@code "list,watch pods,services"}. */
    static List<Right> all(String text) {
        String[] parts = text.split(" ", 2);
        return Arrays.stream(parts[1].split(","))
                .flatMap(resource -> Arrays.stream(parts[0].split(",")).map(verb -> new Right(verb, resource)))
                .toList();
    }

    /** Whether it is needed only by who changes something; a POST through the service proxy may be a query. */
    boolean writes() {
        return !List.of("get", "list", "watch").contains(verb) && !(verb.equals("create") && isProxy())
                || resource.equals("pods/exec");
    }

    private boolean isProxy() {
        return resource.equals("services/proxy");
    }

    /** Empty for the core group. */
    String group() {
        int dot = resource.indexOf('.');
        return dot < 0 ? "" : resource.substring(dot + 1);
    }

    /** As a role names it, without the group. */
    String plainResource() {
        int dot = resource.indexOf('.');
        return dot < 0 ? resource : resource.substring(0, dot);
    }

    int rank() {
        int known = VERBS.indexOf(verb);
        return known < 0 ? VERBS.size() : known;
    }

    @Override
    public int compareTo(Right other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return verb + " " + resource;
    }
}
