package dev.plumbline.report;

import dev.plumbline.criterion.Catalogue;
import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.criterion.SourceLine;
import dev.plumbline.criterion.Tier;
import dev.plumbline.criterion.Waiver;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Timeline;
import dev.plumbline.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Records for tests: one that has each verdict in it, and any number of random ones. */
final class SampleRecords {

    static final Instant START = Instant.parse("2026-11-20T06:00:00Z");

    private static final List<String> DOCUMENTS =
            List.of("gitops-plan", "planned-services", "rpi-roadmap", "ai-rnd-stack", "kubeadm-gitops");

    private SampleRecords() {}

    /** Every verdict, simulated. */
    static RunRecord eachVerdict() {
        List<CriterionResult> criteria = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            criteria.add(criterion("SAMPLE-" + verdict, DOCUMENTS.get(verdict.ordinal() % 3), verdict));
        }
        return run(true, criteria, List.of(), Optional.empty());
    }

    static RunRecord of(Verdict... verdicts) {
        List<CriterionResult> criteria = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            criteria.add(criterion("C-" + criteria.size() + "-" + verdict, "gitops-plan", verdict));
        }
        return run(false, criteria, List.of(), Optional.empty());
    }

    static RunRecord run(
            boolean simulated, List<CriterionResult> criteria, List<String> leftovers, Optional<Integer> signal) {
        return new RunRecord(
                simulated ? "simulated" : "k3s",
                simulated,
                simulated ? "a cluster inside the JVM" : "K3s v1.34.4 in a container",
                simulated ? "Docker does not answer" : "Docker answers and the image is there",
                "git",
                START,
                START.plusSeconds(83),
                criteria,
                leftovers,
                List.of(),
                Optional.empty(),
                signal,
                Catalogue.NONE);
    }

    /** A record of random shape; the same seed gives the same record. */
    static RunRecord seeded(long seed) {
        Random random = new Random(seed);
        return random(random, random.nextInt(30));
    }

    static RunRecord large(int criteria) {
        return random(new Random(7), criteria);
    }

    private static RunRecord random(Random random, int size) {
        List<CriterionResult> criteria = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Verdict verdict = random.nextInt(3) > 0 ? Verdict.PASS : Verdict.values()[random.nextInt(9)];
            criteria.add(criterion("RND-" + i, DOCUMENTS.get(i * DOCUMENTS.size() / size), verdict));
        }
        List<String> leftovers = random.nextInt(5) == 0 ? List.of("v1 Namespace plumb-x: has a finalizer") : List.of();
        return run(
                random.nextBoolean(),
                criteria,
                leftovers,
                random.nextInt(9) == 0 ? Optional.of(random.nextBoolean() ? 2 : 15) : Optional.empty());
    }

    static CriterionResult criterion(String id, String document, Verdict verdict) {
        return criterion(
                id, document, verdict, "Deployment \"web\" in namespace \"shop\" .spec.replicas was 0, expected 2");
    }

    static CriterionResult criterion(String id, String document, Verdict verdict, String reason) {
        SourceLine rule = new SourceLine("features/" + document + "/drift.feature", 7);
        boolean proven = verdict != Verdict.UNPROVEN;
        Example example = new Example(
                "A scaled deployment returns to its declared replicas",
                new SourceLine(rule.file(), 10),
                proven ? Set.of("@core", "@changes-cluster", "@fault:flux-object-reconcile-disabled") : Set.of(),
                List.of("the manifests are applied", "Deployment \"web\" has its declared replicas within 5 minutes"),
                1);
        Criterion criterion = new Criterion(
                id,
                document,
                "A manual change to a declared field is reverted in under 5 minutes",
                Tier.values()[Math.floorMod(id.hashCode(), 3)],
                verdict == Verdict.PENDING,
                rule,
                Set.of(),
                proven ? List.of(example) : List.of());
        Optional<Waiver> waiver = verdict == Verdict.WAIVED
                ? Optional.of(new Waiver(id, "known, fixed by the next release", "ops", LocalDate.of(2027, 1, 31)))
                : Optional.empty();
        List<ScenarioResult> scenarios =
                proven ? List.of(new ScenarioResult(example, verdict, reason, attempts(verdict, reason))) : List.of();
        return new CriterionResult(criterion, verdict, reason, waiver, scenarios);
    }

    private static List<Attempt> attempts(Verdict verdict, String reason) {
        return switch (verdict) {
            case PENDING, NOT_APPLICABLE, UNPROVEN -> List.of();
            case FLAKY -> List.of(attempt(Verdict.FAIL, reason, 312), attempt(Verdict.PASS, reason, 62.25));
            case PASS -> List.of(attempt(verdict, reason, 62.25));
            default -> List.of(attempt(verdict, reason, 312));
        };
    }

    private static Attempt attempt(Verdict verdict, String reason, double waited) {
        Judgement judgement = new Judgement(
                verdict,
                "Deployment \"web\" .spec.replicas",
                reason,
                timeline(verdict),
                List.of(new Measurement("waited", waited, "seconds", new Measurement.Limit("<=", 300), "virtual")));
        StepResult given = step("Given", "the manifests are applied", StepResult.Outcome.PASSED, Optional.empty());
        StepResult then = step(
                "Then",
                "Deployment \"web\" has its declared replicas within 5 minutes",
                verdict == Verdict.PASS ? StepResult.Outcome.PASSED : StepResult.Outcome.FAILED,
                Optional.of(judgement));
        return new Attempt(verdict, reason, START.plusSeconds(1), Duration.ofMillis(412), List.of(given, then));
    }

    private static StepResult step(
            String keyword, String text, StepResult.Outcome outcome, Optional<Judgement> judgement) {
        boolean passed = outcome == StepResult.Outcome.PASSED;
        return new StepResult(
                keyword,
                text,
                outcome,
                START.plusSeconds(1),
                Duration.ofMillis(200),
                judgement,
                passed ? Optional.empty() : judgement.map(Judgement::reason),
                judgement.isEmpty()
                        ? List.of()
                        : List.of(new Evidence("events.yaml", "application/yaml", "reason: ScalingReplicaSet\n")));
    }

    static Timeline timeline(Verdict verdict) {
        Timeline timeline = new Timeline();
        timeline.add(new Observation.Seen<>(0, "apps/v1 Deployment shop/web", START));
        timeline.add(new Observation.Unreachable<>(
                "connection refused", "apps/v1 Deployment shop/web", START.plusSeconds(20)));
        timeline.add(new Observation.Absent<>("no such object", "apps/v1 Deployment shop/web", START.plusSeconds(31)));
        timeline.add(new Observation.Seen<>(
                verdict == Verdict.PASS ? 2 : 0, "apps/v1 Deployment shop/web", START.plusSeconds(62)));
        return timeline;
    }
}
