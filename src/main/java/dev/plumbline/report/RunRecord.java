package dev.plumbline.report;

import dev.plumbline.criterion.Catalogue;
import dev.plumbline.verdict.Verdict;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The record of a run: everything that console, files and exit code say is rendered from it, so they cannot disagree.
 *
 * @param target {@code simulated}, {@code k3s} or {@code kubeconfig}
 * @param targetDescription one line for people, no host name
 * @param targetReason why this target was taken
 * @param delivery how manifests got in: {@code git}, {@code apply} or {@code none}
 * @param leftovers objects that could not be removed, one line each
 * @param remarks what somebody should know though no verdict hangs on it, one line each
 * @param broken what went wrong with the run itself, if something did: it was aborted, its reports could not be written
 * @param signal the number of the signal that ended the run early, if one did
 * @param catalogue what is known of the documents beside their criteria
 */
public record RunRecord(
        String target,
        boolean simulated,
        String targetDescription,
        String targetReason,
        String delivery,
        Instant started,
        Instant finished,
        List<CriterionResult> criteria,
        List<String> leftovers,
        List<String> remarks,
        Optional<String> broken,
        Optional<Integer> signal,
        Catalogue catalogue) {

    public RunRecord {
        criteria = List.copyOf(criteria);
        leftovers = List.copyOf(leftovers);
        remarks = List.copyOf(remarks);
    }

    /** The same with the proofs of some criteria, by their ids. */
    public RunRecord with(Map<String, FaultProof> proofs) {
        List<CriterionResult> proven = criteria.stream()
                .map(result -> {
                    FaultProof proof = proofs.get(result.criterion().id());
                    return proof == null ? result : result.with(proof);
                })
                .toList();
        return new RunRecord(
                target,
                simulated,
                targetDescription,
                targetReason,
                delivery,
                started,
                finished,
                proven,
                leftovers,
                remarks,
                broken,
                signal,
                catalogue);
    }

    public Conformance conformance() {
        return Conformance.of(criteria);
    }

    /** The same record of a run with which something went wrong; the first that did stands. */
    public RunRecord brokenBy(String what) {
        return with(Optional.of(broken.orElse(what)), signal);
    }

    /** The same record of a run that was told to stop. */
    public RunRecord stoppedBy(Optional<Integer> number) {
        return with(broken, signal.or(() -> number));
    }

    private RunRecord with(Optional<String> what, Optional<Integer> number) {
        return new RunRecord(
                target,
                simulated,
                targetDescription,
                targetReason,
                delivery,
                started,
                finished,
                criteria,
                leftovers,
                remarks,
                what,
                number,
                catalogue);
    }

    /** The documents with a selected criterion, in order. */
    public List<String> documents() {
        return criteria.stream()
                .map(result -> result.criterion().document())
                .distinct()
                .toList();
    }

    /** How many criteria have each verdict, in the order of {@link Verdict}, with those that none has. */
    public Map<Verdict, Integer> counts() {
        return counts(criteria);
    }

    static Map<Verdict, Integer> counts(List<CriterionResult> criteria) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, 0);
        }
        criteria.forEach(result -> counts.merge(result.verdict(), 1, Integer::sum));
        return counts;
    }

    /** The results of one document's criteria, in order. */
    public List<CriterionResult> of(String document) {
        return criteria.stream()
                .filter(result -> result.criterion().document().equals(document))
                .toList();
    }

    /** The exit code: of several that hold the first of 130/143, 1, 5, 3, 4, 0. Bad input (2) never gets here. */
    public int exitCode() {
        if (signal.isPresent()) {
            return 128 + signal.get();
        }
        if (any(Verdict.FAIL) || any(Verdict.FLAKY)) {
            return 1;
        }
        if (!leftovers.isEmpty()) {
            return 5;
        }
        if (any(Verdict.INCONCLUSIVE)) {
            return 3;
        }
        if (broken.isPresent()) {
            return 3;
        }
        return criteria.stream().anyMatch(result -> result.verdict().green()) ? 0 : 4;
    }

    private boolean any(Verdict verdict) {
        return criteria.stream().anyMatch(result -> result.verdict() == verdict);
    }
}
