package dev.plumbline.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run is asked to do, whatever its target.
 *
 * @param features directories or files
 * @param manifests the parent of the documents' manifests
 * @param profile in place of {@code ci/profiles/<document>.yaml}
 * @param attempts at most, for a scenario that does not pass
 * @param budget wall time after which no further scenario begins
 * @param order the seed of a random order; without it scenarios run as they stand in their files
 */
public record RunOptions(
        List<Path> features,
        Path manifests,
        Optional<Path> profile,
        Selection selection,
        int parallel,
        Keep keep,
        int attempts,
        boolean failFast,
        Optional<Duration> budget,
        Optional<Long> order) {

    /** Whether what a run made stays in the cluster. */
    public enum Keep {
        NEVER,
        ON_FAILURE,
        ALWAYS
    }
}
