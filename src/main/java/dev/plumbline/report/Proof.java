package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * {@code proof.json}: which faults turned which scenarios red.
 *
 * @param problems what else is wrong: criteria that turned red and should not have, what was left behind
 */
public record Proof(
        int schema,
        String target,
        boolean simulated,
        String started,
        String finished,
        List<CriterionProof> criteria,
        List<String> problems) {

    public static final String NAME = "proof.json";
    public static final int SCHEMA = 1;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** What came of a fault in a scenario, or of several together: the worst comes last. */
    public enum Outcome {
        /** The target cannot make the fault, or cannot run the scenario even without it. */
        IMPOSSIBLE("cannot be made here"),
        /** Green without it, red with it for the reason that it gives, green again after it. */
        KILLED("killed"),
        /** Still green with it, or red for another reason. */
        SURVIVED("survived"),
        /** Nothing was different with it, so that nothing was proven. */
        NOT_LANDED("not landed"),
        /** Not green without it. */
        BROKEN("not green without the fault");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * One scenario and one fault.
     *
     * @param detail the first line of the scenario's reason with the fault, or why there is none
     * @param diff what was different with the fault
     */
    public record Trial(
            String fault, String what, String scenario, String location, Outcome outcome, String detail, String diff) {}

    /**
     * @param digest of all that the proof is about: feature, manifests, faults, profile
     * @param proven when
     */
    public record CriterionProof(
            String id, String document, String target, String proven, String digest, List<Trial> trials) {

        public Outcome outcome() {
            return trials.stream().map(Trial::outcome).reduce(Outcome.IMPOSSIBLE, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }

        long scenarios(Predicate<Outcome> worst) {
            return trials.stream()
                    .map(Trial::location)
                    .distinct()
                    .filter(location -> worst.test(trials.stream()
                            .filter(trial -> trial.location().equals(location))
                            .map(Trial::outcome)
                            .reduce(Outcome.IMPOSSIBLE, (a, b) -> a.compareTo(b) > 0 ? a : b)))
                    .count();
        }
    }

    /** The proof of a criterion, if nothing that it is about has changed since. */
    public Optional<CriterionProof> of(String id, String digest) {
        return criteria.stream()
                .filter(criterion ->
                        criterion.id().equals(id) && criterion.digest().equals(digest))
                .findFirst();
    }

    /** This proof, and what an earlier one says of other criteria. */
    public Proof after(Optional<Proof> earlier) {
        List<CriterionProof> all = new ArrayList<>(criteria);
        earlier.ifPresent(before -> before.criteria().stream()
                .filter(old -> criteria.stream().noneMatch(now -> now.id().equals(old.id())))
                .forEach(all::add));
        return new Proof(schema, target, simulated, started, finished, all, problems);
    }

    /** How many scenarios turned red with each of their faults that can be made here. */
    public long killed() {
        return count(outcome -> outcome == Outcome.KILLED);
    }

    /** How many scenarios have a fault that can be made here. */
    public long makeable() {
        return count(outcome -> outcome != Outcome.IMPOSSIBLE);
    }

    public long scenarios() {
        return count(outcome -> true);
    }

    private long count(Predicate<Outcome> worst) {
        return criteria.stream()
                .mapToLong(criterion -> criterion.scenarios(worst))
                .sum();
    }

    /** 0 when all that can be made was killed and nothing else is wrong, 4 when nothing can be made, else 1. */
    public int exitCode() {
        if (killed() < makeable() || !problems.isEmpty()) {
            return 1;
        }
        return makeable() == 0 ? 4 : 0;
    }

    /** The same with every text masked. */
    public Proof masked(UnaryOperator<String> mask) {
        return new Proof(
                schema,
                target,
                simulated,
                started,
                finished,
                criteria.stream()
                        .map(criterion -> new CriterionProof(
                                criterion.id(),
                                criterion.document(),
                                criterion.target(),
                                criterion.proven(),
                                criterion.digest(),
                                criterion.trials().stream()
                                        .map(trial -> new Trial(
                                                trial.fault(),
                                                mask.apply(trial.what()),
                                                mask.apply(trial.scenario()),
                                                trial.location(),
                                                trial.outcome(),
                                                mask.apply(trial.detail()),
                                                mask.apply(trial.diff())))
                                        .toList()))
                        .toList(),
                problems.stream().map(mask).toList());
    }

    /** Writes it to a folder of reports, made when it is not there; what stands there of other criteria stays. */
    public void write(Path reports) throws IOException {
        Files.createDirectories(reports);
        try {
            AtomicFile.text(reports.resolve(NAME), JSON.writeValueAsString(after(read(reports))) + "\n");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a proof does not print as JSON", e);
        }
    }

    /** The proof in a folder of reports; empty when there is none of this schema. */
    public static Optional<Proof> read(Path reports) {
        try {
            Proof found = JSON.readValue(reports.resolve(NAME).toFile(), Proof.class);
            return found.schema() == SCHEMA ? Optional.of(found) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
