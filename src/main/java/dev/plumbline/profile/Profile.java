package dev.plumbline.profile;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What differs between clusters. Thresholds are not among it: they stand in the features.
 *
 * @param source the file it was read from, for messages
 * @param clusterUid the UID of the kube-system namespace of the one cluster that may be written to
 * @param writable namespaces that may be written to on a cluster that we did not create
 * @param values what steps write as {@code <profile.key>}
 */
public record Profile(
        String source,
        Optional<String> clusterUid,
        Set<String> writable,
        Map<String, String> values,
        List<WaiverEntry> waivers) {

    public static final Profile EMPTY =
            new Profile("the profile (none was given)", Optional.empty(), Set.of(), Map.of(), List.of());

    public Profile {
        writable = Set.copyOf(writable);
        values = Map.copyOf(values);
        waivers = List.copyOf(waivers);
    }

    /** The text with each {@code <profile.key>} that is set replaced. */
    public String filled(String text) {
        String words = text;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            words = words.replace("<profile." + entry.getKey() + ">", entry.getValue());
        }
        return words;
    }

    /**
     * An accepted failure as the profile writes it.
     *
     * @param line where the entry begins in {@link #source()}
     */
    public record WaiverEntry(String criterion, String reason, String owner, LocalDate expires, int line) {}

    /** A profile file that cannot be used; the message names the file, the key and what was expected. */
    public static final class BadProfile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public BadProfile(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return java.util.Objects.requireNonNull(super.getMessage());
        }
    }
}
