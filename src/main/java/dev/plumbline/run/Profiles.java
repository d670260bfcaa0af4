package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.profile.Profile;
import dev.plumbline.profile.ProfileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The profile of each document: the one that was given, else {@code ci/profiles/<document>.yaml}, else an empty one. */
public final class Profiles {

    private static final Path DIRECTORY = Path.of("ci", "profiles");

    private final Map<String, Profile> byDocument = new HashMap<>();
    private final boolean given;

    /** @throws BadInput for a profile that cannot be used */
    public Profiles(Optional<Path> given, Collection<String> documents) {
        this.given = given.isPresent();
        ProfileReader reader = new ProfileReader();
        try {
            for (String document : documents) {
                Path own = DIRECTORY.resolve(document + ".yaml");
                Optional<Path> file = given.or(() -> Optional.of(own).filter(Files::exists));
                byDocument.put(document, file.map(reader::read).orElse(Profile.EMPTY));
            }
        } catch (Profile.BadProfile e) {
            throw new BadInput(e.getMessage());
        }
    }

    /**
     * The profile that was given, else all of {@code ci/profiles} that pin a cluster.
     *
     * @throws BadInput for a profile that cannot be used
     */
    public static Collection<Profile> pinning(Optional<Path> given) {
        ProfileReader reader = new ProfileReader();
        try (Stream<Path> own = Files.isDirectory(DIRECTORY) ? Files.list(DIRECTORY) : Stream.empty()) {
            return given.isPresent()
                    ? List.of(reader.read(given.get()))
                    : own.sorted()
                            .map(reader::read)
                            .filter(profile -> profile.clusterUid().isPresent())
                            .toList();
        } catch (Profile.BadProfile e) {
            throw new BadInput(e.getMessage());
        } catch (IOException e) {
            throw new BadInput(DIRECTORY + " cannot be read: " + e.getMessage());
        }
    }

    /** What is odd about the waivers in view of all criteria that there are, selected or not. */
    List<String> remarks(List<Criterion> all) {
        return byDocument.entrySet().stream()
                .flatMap(entry -> WaiverRemarks.unknown(entry.getValue(), of(entry.getKey(), all)).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private List<Criterion> of(String document, List<Criterion> all) {
        return given
                ? all
                : all.stream()
                        .filter(criterion -> criterion.document().equals(document))
                        .toList();
    }

    public Profile of(String document) {
        return byDocument.getOrDefault(document, Profile.EMPTY);
    }

    public Collection<Profile> all() {
        return byDocument.values();
    }
}
