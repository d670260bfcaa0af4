package dev.plumbline.criterion;

import java.util.List;
import java.util.Map;

/**
 * What is known of the documents beside their criteria.
 *
 * @param systems that they name
 * @param sections in which section of its document a criterion stands, by its id
 */
public record Catalogue(List<NamedSystem> systems, Map<String, String> sections) {

    /** Of documents of which nothing more is known. */
    public static final Catalogue NONE = new Catalogue(List.of(), Map.of());

    public Catalogue {
        systems = List.copyOf(systems);
        sections = Map.copyOf(sections);
    }
}
