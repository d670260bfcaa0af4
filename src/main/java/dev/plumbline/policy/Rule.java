package dev.plumbline.policy;

import java.util.List;

/** A static rule on manifests; it looks at all of them at once, as some rules compare objects. */
public interface Rule {

    /** The name that findings carry, such as {@code image-pinned}. */
    String name();

    /** One sentence: what the rule demands. */
    String demand();

    List<Finding> check(List<Manifest> manifests);

    /** Whether the rule has anything to say about an object; a rule that concerns nothing has not been followed. */
    default boolean concerns(Manifest manifest) {
        return true;
    }

    /** The same, for a rule that needs texts beside the objects: dashboards, a Prometheus configuration. */
    default List<Finding> check(List<Manifest> manifests, List<TextFile> texts) {
        return check(manifests);
    }

    /** Whether the rule has anything to say about a text. */
    default boolean concerns(TextFile text) {
        return false;
    }

    /** Looks at the lines of any file, whether it holds objects or not. */
    default List<Finding> checkFile(String file, List<String> lines) {
        return List.of();
    }
}
