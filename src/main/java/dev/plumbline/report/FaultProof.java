package dev.plumbline.report;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import java.time.Instant;
import java.util.Optional;

/**
 * The fault that must turn a criterion red.
 *
 * @param killed whether the criterion turned red when it was injected; empty when that was not tried
 * @param proven when it was last tried
 */
public record FaultProof(String name, Optional<Boolean> killed, Optional<Instant> proven) {

    /** The first fault that a scenario of the criterion names, not tried. */
    static Optional<FaultProof> named(Criterion criterion) {
        return criterion.examples().stream()
                .map(Example::fault)
                .flatMap(Optional::stream)
                .findFirst()
                .map(name -> new FaultProof(name, Optional.empty(), Optional.empty()));
    }
}
