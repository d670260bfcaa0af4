package dev.plumbline.report;

import dev.plumbline.criterion.Catalogue;
import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.criterion.NamedSystem;
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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A run as people meet it, with invented numbers: five documents, each verdict, a past. For looking at the page. */
final class Showcase {

    private static final Instant START = Instant.parse("2026-11-20T06:00:00Z");

    private final List<CriterionResult> criteria = new ArrayList<>();
    private final Random random = new Random(3);
    private Instant now = START.plusMillis(900);
    private String document = "";

    static RunRecord run() {
        Showcase showcase = new Showcase();
        showcase.gitops();
        showcase.services();
        showcase.roadmap();
        showcase.stack();
        showcase.kubeadm();
        return new RunRecord(
                "simulated",
                true,
                "a cluster inside the JVM: Kubernetes API with controllers, Flux, Velero, MinIO, Prometheus, Grafana, Qdrant",
                "Docker answers, but the image rancher/k3s:v1.34.4-k3s1 is neither here nor can be pulled",
                "git",
                START,
                showcase.now.plusMillis(400),
                showcase.criteria,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Catalogue(
                        List.of(
                                new NamedSystem(
                                        "Flux CD",
                                        "source-, kustomize-, helm-, notification-controller",
                                        List.of("gitops-plan", "kubeadm-gitops"),
                                        List.of(
                                                "GITOPS-DRIFT-01",
                                                "GITOPS-DEPLOY-01",
                                                "GITOPS-HEALTH-01",
                                                "GITOPS-PRUNE-01",
                                                "GITOPS-NOTIFY-01",
                                                "GITOPS-BOOT-01",
                                                "KGO-CTRL-01")),
                                new NamedSystem("Qdrant", "", List.of("gitops-plan"), List.of("QDRANT-PERSIST-01")),
                                new NamedSystem(
                                        "Locust", "named, no criterion of its own", List.of("rpi-roadmap"), List.of())),
                        Map.of("GITOPS-PRUNE-01", "1 GitOps; Success Criteria")));
    }

    /** Ten earlier runs in which the page's criteria went up and down. */
    static History past() {
        Random random = new Random(11);
        List<HistoryLine> lines = new ArrayList<>();
        for (int day = 12; day >= 1; day--) {
            for (CriterionResult result : run().criteria()) {
                boolean measured = Headline.of(result).isPresent();
                double value = Headline.of(result).map(Measurement::value).orElse(0.0);
                boolean red = result.verdict() == Verdict.FAIL
                        && (day > 3 || result.criterion().id().startsWith("DASH"));
                Verdict verdict = red || random.nextInt(16) == 0 ? Verdict.PASS : result.verdict();
                lines.add(new HistoryLine(
                        "simulated",
                        result.criterion().id(),
                        verdict,
                        START.minus(Duration.ofDays(day)).toString(),
                        measured ? "waited" : null,
                        measured ? value * (red ? 0.3 : 0.75 + 0.35 * random.nextDouble()) : null,
                        measured ? "seconds" : null));
            }
        }
        return new History(lines, List.of());
    }

    private void gitops() {
        document = "gitops-plan";
        timed(
                "GITOPS-DRIFT-01",
                "A manual change to a declared field is reverted in under 5 minutes",
                Tier.CORE,
                Verdict.PASS,
                "Deployment \"n8n\" in namespace \"apps\" .spec.replicas",
                "0",
                "1",
                214.2,
                300);
        timed(
                "GITOPS-DEPLOY-01",
                "A commit to Git is live on the cluster within 10 minutes",
                Tier.CORE,
                Verdict.PASS,
                "Deployment \"web\" in namespace \"apps\" .spec.template.spec.containers[0].image",
                "nginx:1.27",
                "nginx:1.28",
                61.4,
                600);
        timed(
                "GITOPS-HEALTH-01",
                "Every Kustomization is Ready",
                Tier.CORE,
                Verdict.PASS,
                "every Kustomization in namespace \"flux-system\" condition Ready",
                "Unknown",
                "True",
                12.1,
                120);
        timed(
                "GITOPS-PRUNE-01",
                "An object that is removed from Git is removed from the cluster",
                Tier.EXTENDED,
                Verdict.FAIL,
                "ConfigMap \"old-settings\" in namespace \"apps\"",
                "there",
                "there",
                300,
                300);
        plain(
                "GITOPS-SECRET-01",
                "No secret stands in Git in plain text",
                Tier.CORE,
                Verdict.PASS,
                "47 manifests, 0 findings");
        plain(
                "GITOPS-NOTIFY-01",
                "A failed reconciliation reaches the chat within 2 minutes",
                Tier.EXTENDED,
                Verdict.BLOCKED,
                "not simulated: notification-controller of Flux");
        plain(
                "GITOPS-BOOT-01",
                "A fresh cluster reaches the declared state in under 30 minutes",
                Tier.EXTENDED,
                Verdict.UNPROVEN,
                "no scenario proves this criterion yet");
    }

    private void services() {
        document = "planned-services";
        timed(
                "QDRANT-PERSIST-01",
                "Vectors survive the deletion of the pod",
                Tier.CORE,
                Verdict.PASS,
                "collection \"documents\" on service \"qdrant:6333\"",
                "not observable",
                "1000 points, checksum 9f3c",
                18.6,
                180);
        timed(
                "N8N-READY-01",
                "n8n answers on its health path",
                Tier.CORE,
                Verdict.INCONCLUSIVE,
                "GET /healthz on service \"n8n:5678\" in namespace \"apps\"",
                "connection refused",
                "403 Forbidden",
                30,
                30);
        timed(
                "PG-BACKUP-01",
                "PostgreSQL is dumped every night and the dump restores",
                Tier.EXTENDED,
                Verdict.WAIVED,
                "CronJob \"pg-dump\" in namespace \"data\" .status.lastSuccessfulTime",
                "absent",
                "absent",
                120,
                120);
        plain(
                "SVC-RES-01",
                "Every container has requests and limits",
                Tier.EXTENDED,
                Verdict.PASS,
                "31 containers, each has requests and limits");
        plain(
                "SVC-LAN-01",
                "The dashboard answers on its LAN address",
                Tier.HOMELAB,
                Verdict.NOT_APPLICABLE,
                "the target has no LAN range (needs lan)");
        plain(
                "SVC-GPU-01",
                "The model server is scheduled onto the GPU node",
                Tier.HOMELAB,
                Verdict.NOT_APPLICABLE,
                "the target has no GPU (needs gpu)");
    }

    private void roadmap() {
        document = "rpi-roadmap";
        timed(
                "RPI-VEL-RESTORE-01",
                "A deleted namespace is restored from backup with its data in under 15 minutes",
                Tier.CORE,
                Verdict.PASS,
                "restored files in PersistentVolumeClaim \"data\"",
                "not there",
                "12 of 12 files with the same checksum",
                96,
                900);
        timed(
                "RPI-ALERT-01",
                "A node that is down raises an alert within 5 minutes",
                Tier.CORE,
                Verdict.FLAKY,
                "alert \"NodeDown\" on service \"alertmanager:9093\"",
                "inactive",
                "firing",
                287,
                300);
        timed(
                "RPI-DISK-01",
                "A volume over 85 percent raises an alert",
                Tier.EXTENDED,
                Verdict.PASS,
                "alert \"VolumeFilling\"",
                "pending",
                "firing",
                122,
                300);
        plain(
                "RPI-MINIO-01",
                "MinIO keeps versions of each object",
                Tier.EXTENDED,
                Verdict.BLOCKED,
                "image minio/minio:RELEASE.2025-09-07 cannot be pulled");
        plain(
                "RPI-MINIO-02",
                "A bucket survives the loss of one drive",
                Tier.EXTENDED,
                Verdict.BLOCKED,
                "image minio/minio:RELEASE.2025-09-07 cannot be pulled");
        plain(
                "RPI-HA-01",
                "The control plane survives the loss of one node",
                Tier.HOMELAB,
                Verdict.PENDING,
                "the document calls it future");
    }

    private void stack() {
        document = "ai-rnd-stack";
        timed(
                "DASH-NODATA-01",
                "No panel of any dashboard shows \"No data\"",
                Tier.CORE,
                Verdict.FAIL,
                "panel \"GPU memory\" of dashboard \"Models\", query DCGM_FI_DEV_FB_USED",
                "0 series",
                "0 series",
                60,
                60);
        timed(
                "DASH-FRESH-01",
                "Each dashboard's newest sample is younger than 2 minutes",
                Tier.CORE,
                Verdict.PASS,
                "newest sample over 41 queries",
                "absent",
                "22 s old",
                22,
                120);
        plain(
                "AI-RAG-01",
                "The assistant answers from the indexed documents",
                Tier.EXTENDED,
                Verdict.BLOCKED,
                "not simulated: the output of image ollama/ollama");
        plain(
                "AI-QUOTA-01",
                "A namespace cannot take more than its quota",
                Tier.EXTENDED,
                Verdict.PASS,
                "pod 11 was refused: exceeded quota: team");
        plain(
                "AI-EVAL-01",
                "Each model has an evaluation of the last 30 days",
                Tier.EXTENDED,
                Verdict.UNPROVEN,
                "no scenario proves this criterion yet");
    }

    private void kubeadm() {
        document = "kubeadm-gitops";
        timed(
                "KADM-CNI-01",
                "Pods on different nodes reach each other",
                Tier.CORE,
                Verdict.PASS,
                "GET / on pod \"echo-1\" from pod \"echo-0\"",
                "connection refused",
                "200",
                3.2,
                60);
        timed(
                "KADM-STORAGE-01",
                "A claim is bound within 60 seconds",
                Tier.CORE,
                Verdict.PASS,
                "PersistentVolumeClaim \"probe\" .status.phase",
                "Pending",
                "Bound",
                4.8,
                60);
        plain(
                "KADM-RBAC-01",
                "The CI account can touch its own namespace only",
                Tier.CORE,
                Verdict.PASS,
                "48 of 48 reviews as declared");
        plain(
                "KADM-ETCD-01",
                "etcd is backed up and the copy opens",
                Tier.HOMELAB,
                Verdict.NOT_APPLICABLE,
                "the target is not kubeadm (needs kubeadm)");
    }

    private void timed(
            String id,
            String text,
            Tier tier,
            Verdict verdict,
            String subject,
            String first,
            String last,
            double took,
            double limit) {
        Timeline timeline = new Timeline();
        timeline.add(new Observation.Seen<>(first, subject, START));
        timeline.add(new Observation.Seen<>(first, subject, at(took * .4)));
        timeline.add(new Observation.Unreachable<>("connection refused", subject, at(took * .45)));
        timeline.add(new Observation.Unreachable<>("connection refused", subject, at(took * .52)));
        timeline.add(new Observation.Absent<>("no such object yet", subject, at(took * .6)));
        boolean passed = verdict == Verdict.PASS || verdict == Verdict.FLAKY;
        timeline.add(
                verdict == Verdict.INCONCLUSIVE
                        ? new Observation.Unreachable<>(last, subject, at(took))
                        : new Observation.Seen<>(last, subject, at(took)));
        String reason = passed
                ? subject + " was " + last + " after " + Phrases.duration(Duration.ofMillis((long) (took * 1000)))
                        + " (limit " + Phrases.duration(Duration.ofSeconds((long) limit)) + ")"
                : subject + " was " + last + ", expected it to change within "
                        + Phrases.duration(Duration.ofSeconds((long) limit)) + " (63 looks)";
        Judgement judgement = new Judgement(
                passed ? Verdict.PASS : verdict == Verdict.WAIVED ? Verdict.FAIL : verdict,
                subject,
                reason,
                timeline,
                List.of(new Measurement("waited", took, "seconds", new Measurement.Limit("<=", limit), "virtual")));
        add(id, text, tier, verdict, reason, Optional.of(judgement));
    }

    private void plain(String id, String text, Tier tier, Verdict verdict, String reason) {
        add(id, text, tier, verdict, reason, Optional.empty());
    }

    private void add(String id, String text, Tier tier, Verdict verdict, String reason, Optional<Judgement> judgement) {
        SourceLine rule =
                new SourceLine("features/" + document + "/" + id.toLowerCase(java.util.Locale.ROOT) + ".feature", 6);
        Example example = new Example(
                text.replace("A ", "One ") + ", seen from outside",
                new SourceLine(rule.file(), 9),
                Set.of("@lock:flux", "@fault:" + id.toLowerCase(java.util.Locale.ROOT) + "-disabled"),
                List.of(),
                0);
        boolean scenarios = verdict != Verdict.UNPROVEN;
        Criterion criterion = new Criterion(
                id,
                document,
                text,
                tier,
                verdict == Verdict.PENDING,
                rule,
                Set.of(),
                scenarios ? List.of(example) : List.of());
        List<Attempt> attempts = new ArrayList<>();
        if (scenarios && verdict != Verdict.PENDING && verdict != Verdict.NOT_APPLICABLE) {
            if (verdict == Verdict.FLAKY) {
                attempts.add(attempt(Verdict.FAIL, reason, judgement));
            }
            attempts.add(attempt(verdict == Verdict.FLAKY ? Verdict.PASS : verdict, reason, judgement));
        }
        Optional<Waiver> waiver = verdict == Verdict.WAIVED
                ? Optional.of(new Waiver(
                        id, "the dump job moves to CloudNativePG", "platform team", LocalDate.of(2026, 11, 30)))
                : Optional.empty();
        String said = verdict == Verdict.FLAKY ? "1 of 2 attempts failed: " + reason : reason;
        criteria.add(new CriterionResult(
                criterion,
                verdict,
                said,
                waiver,
                scenarios ? List.of(new ScenarioResult(example, verdict, said, attempts)) : List.of()));
    }

    private Attempt attempt(Verdict verdict, String reason, Optional<Judgement> judgement) {
        Instant started = now;
        StepResult.Outcome outcome = switch (verdict) {
            case PASS -> StepResult.Outcome.PASSED;
            case FAIL, WAIVED -> StepResult.Outcome.FAILED;
            default -> StepResult.Outcome.NOT_MEASURED;
        };
        List<StepResult> steps = List.of(
                step(
                        "Given",
                        "the \"" + document + "\" manifests are deployed from Git",
                        StepResult.Outcome.PASSED,
                        Optional.empty(),
                        Optional.empty()),
                step(
                        "When",
                        "someone scales deployment \"n8n\" to 0 replicas right after a reconciliation",
                        StepResult.Outcome.PASSED,
                        Optional.empty(),
                        Optional.empty()),
                step(
                        "Then",
                        "deployment \"n8n\" has its declared replicas again within 5 minutes",
                        outcome,
                        judgement,
                        outcome == StepResult.Outcome.PASSED ? Optional.empty() : Optional.of(reason)),
                step(
                        "And",
                        "running \"cat /data/x\" in pod \"db-0\" prints \"precious\"",
                        outcome == StepResult.Outcome.PASSED ? outcome : StepResult.Outcome.SKIPPED,
                        Optional.empty(),
                        Optional.empty()));
        Duration took = steps.stream().map(StepResult::took).reduce(Duration.ZERO, Duration::plus);
        now = started.plus(took.dividedBy(2));
        return new Attempt(verdict, reason, started, took, steps);
    }

    private StepResult step(
            String keyword,
            String text,
            StepResult.Outcome outcome,
            Optional<Judgement> judgement,
            Optional<String> problem) {
        Duration took = Duration.ofMillis(20 + random.nextInt(450));
        List<Evidence> evidence = judgement.isEmpty()
                ? List.of()
                : List.of(
                        new Evidence("events.yaml", "application/yaml", """
                        - type: Normal
                          reason: ReconciliationSucceeded
                          message: Applied revision main@sha1:4be1c0de
                          firstTimestamp: "2026-11-20T06:00:05Z"
                        - type: Normal
                          reason: ScalingReplicaSet
                          message: Scaled up replica set n8n-6b7f to 1 from 0
                        """),
                        new Evidence("object.yaml", "application/yaml", """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata:
                          name: n8n
                          namespace: apps
                        spec:
                          replicas: 1
                        """));
        return new StepResult(keyword, text, outcome, now, took, judgement, problem, evidence);
    }

    private static Instant at(double seconds) {
        return START.plusMillis((long) (seconds * 1000));
    }
}
