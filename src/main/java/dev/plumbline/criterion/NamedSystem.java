package dev.plumbline.criterion;

import java.util.List;

/**
 * A system that documents name, such as a database or a backup tool.
 *
 * @param note a few words for people, may be empty
 * @param criteria ids of the criteria that speak of it; some may not be written as rules yet
 */
public record NamedSystem(String name, String note, List<String> documents, List<String> criteria) {

    public NamedSystem {
        documents = List.copyOf(documents);
        criteria = List.copyOf(criteria);
    }
}
