package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.report.FaultProof;
import dev.plumbline.report.Proof;
import dev.plumbline.report.Proof.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code plumbline prove} found before, as far as it still holds: nothing that a proof is about has changed. */
public final class Proofs {

    private final Prepared prepared;
    private final Faults faults;

    /** @throws BadInput for a fault file that cannot be used */
    public Proofs(Prepared prepared) {
        this.prepared = prepared;
        this.faults = new Faults(prepared.criteria());
    }

    /** The names of faults that are not there, one line each with its place. */
    public List<String> unknown() {
        return faults.unknown(prepared.criteria());
    }

    /**
     * The proofs that hold, by the id of the criterion.
     *
     * @param folders of reports, the nearest first
     */
    public Map<String, FaultProof> in(List<Path> folders) {
        List<Proof> all =
                folders.stream().flatMap(folder -> Proof.read(folder).stream()).toList();
        Map<String, FaultProof> found = new HashMap<>();
        if (!all.isEmpty()) {
            ProofDigest digest = new ProofDigest(prepared, faults);
            for (Criterion criterion : prepared.criteria()) {
                String now = digest.of(criterion);
                all.stream()
                        .flatMap(proof -> proof.of(criterion.id(), now).stream())
                        .filter(trial -> trial.outcome() == Outcome.KILLED || trial.outcome() == Outcome.SURVIVED)
                        .findFirst()
                        .ifPresent(trial -> found.put(criterion.id(), proof(trial)));
            }
        }
        return found;
    }

    private static FaultProof proof(Proof.CriterionProof proof) {
        List<String> names = new ArrayList<>();
        for (Proof.Trial trial : proof.trials()) {
            if (trial.outcome() != Outcome.IMPOSSIBLE && !names.contains(trial.fault())) {
                names.add(trial.fault());
            }
        }
        return new FaultProof(
                String.join(", ", names),
                Optional.of(proof.outcome() == Outcome.KILLED),
                Optional.of(Instant.parse(proof.proven())),
                Optional.of(proof.target()));
    }
}
