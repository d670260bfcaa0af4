package dev.plumbline.policy;

import java.util.List;

/** A static rule on manifests; it looks at all of them at once, as some rules compare objects. */
public interface Rule {

    /** The name that findings carry, such as {@code image-pinned}. */
    String name();

    /** One sentence: what the rule demands. */
    String demand();

    List<Finding> check(List<Manifest> manifests);
}
