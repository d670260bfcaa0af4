package dev.plumbline.report;

import dev.plumbline.report.Proof.CriterionProof;
import dev.plumbline.report.Proof.Outcome;
import dev.plumbline.report.Proof.Trial;
import java.util.ArrayList;
import java.util.List;

/** A proof as the console shows it: a line a criterion, and one for each trial that did not kill. */
public final class ProofSummary {

    private final Proof proof;

    public ProofSummary(Proof proof) {
        this.proof = proof;
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (proof.simulated()) {
            lines.add(" SIMULATED  " + Phrases.SIMULATED);
        }
        proof.criteria().forEach(criterion -> criterion(criterion, lines));
        proof.problems().forEach(problem -> lines.add("problem: " + problem));
        lines.add("Proven    " + proof.killed() + " of " + Phrases.plural((int) proof.scenarios(), "scenario")
                + " killed; faults can be made here for " + proof.makeable() + " (exit code " + proof.exitCode() + ")");
        return lines;
    }

    private static void criterion(CriterionProof criterion, List<String> lines) {
        List<String> faults =
                criterion.trials().stream().map(Trial::fault).distinct().toList();
        lines.add(String.format("%-20s", criterion.outcome().words()) + " " + criterion.id() + "  by "
                + String.join(", ", faults));
        for (Trial trial : criterion.trials()) {
            if (trial.outcome() != Outcome.KILLED) {
                lines.add("    " + trial.location() + " " + trial.fault() + ": "
                        + trial.outcome().words() + ": " + trial.detail());
            }
        }
    }
}
