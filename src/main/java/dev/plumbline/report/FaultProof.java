package dev.plumbline.report;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The faults that must turn a criterion red.
 *
 * @param name of several, each, with commas
 * @param killed whether each of its scenarios turned red when each of its faults was injected; empty when that was not tried
 * @param proven when it was last tried
 * @param target on what
 */
public record FaultProof(String name, Optional<Boolean> killed, Optional<Instant> proven, Optional<String> target) {

    /** The faults that the scenarios of the criterion name, not tried. */
    static Optional<FaultProof> named(Criterion criterion) {
        return criterion.examples().stream()
                .map(Example::faults)
                .flatMap(List::stream)
                .distinct()
                .reduce((first, second) -> first + ", " + second)
                .map(name -> new FaultProof(name, Optional.empty(), Optional.empty(), Optional.empty()));
    }
}
