package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.verdict.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class IndexPageTest {

    private static final Pattern FROM_ELSEWHERE = Pattern.compile(
            "(?:src|href|action|data)\\s*=\\s*\"(?:[a-z]+:)?//|url\\(|@import|\\bfetch\\(|XMLHttpRequest");

    @Test
    void nothingIsAskedOfAServer() throws IOException {
        assertThat(render(Showcase.run())).doesNotContainPattern(FROM_ELSEWHERE);
    }

    @Test
    void aSimulatedRunSaysSoFirst() throws IOException {
        String page = render(SampleRecords.eachVerdict());

        assertThat(page).contains("<title>SIMULATED", "<strong>SIMULATED</strong>", Phrases.SIMULATED);
        assertThat(page.indexOf("<strong>SIMULATED")).isLessThan(page.indexOf("<h1>"));
    }

    @Test
    void aRunOnAClusterDoesNotSaySimulated() throws IOException {
        assertThat(render(SampleRecords.of(Verdict.PASS))).doesNotContain("SIMULATED");
    }

    @Test
    void eachCriterionHasItsLinkVerdictAndReason() throws IOException {
        String page = render(SampleRecords.eachVerdict());

        for (Verdict verdict : Verdict.values()) {
            assertThat(page)
                    .contains("id=\"SAMPLE-" + verdict + "\" data-verdict=\"" + PageBuilder.code(verdict) + "\"");
        }
    }

    @Test
    void whatWasSeenIsTextAndNeverMarkup() throws IOException {
        String evil = "</script><script>alert(1)</script><img src=x onerror=\"alert(2)\">";
        CriterionResult result = SampleRecords.criterion("X-1", "d<b>oc", Verdict.FAIL, evil);

        String page = render(SampleRecords.run(false, List.of(result), List.of(evil), Optional.empty()));

        assertThat(page).doesNotContain("<script>alert", "<img", "d<b>oc").contains("&lt;/script&gt;");
    }

    @Test
    void anyRecordCanBeShown() throws IOException {
        for (long seed = 0; seed < 60; seed++) {
            RunRecord run = SampleRecords.seeded(seed);
            assertThat(render(run).split("<details class=\"entry ", -1))
                    .hasSize(run.criteria().size() + 1);
        }
    }

    @Test
    void oneCauseThatBlocksManyIsSaidOnce() {
        RunRecord run = SampleRecords.of(Verdict.BLOCKED, Verdict.BLOCKED, Verdict.BLOCKED);

        List<Page.Notice> notices = new PageBuilder(run, History.NONE).page().notices();

        assertThat(notices).hasSize(1);
        assertThat(notices.get(0).more()).hasSize(3);
    }

    @Test
    void aVerdictThatChangedIsShown() {
        RunRecord before = SampleRecords.run(
                false, List.of(SampleRecords.criterion("A-1", "d", Verdict.PASS)), List.of(), Optional.empty());
        RunRecord now = SampleRecords.run(
                false, List.of(SampleRecords.criterion("A-1", "d", Verdict.FAIL)), List.of(), Optional.empty());
        History history =
                new History(List.of(HistoryLine.of(before, before.criteria().get(0))), List.of());

        Page page = new PageBuilder(now, history).page();

        assertThat(page.changes()).singleElement().satisfies(change -> {
            assertThat(change.beforeWord()).isEqualTo("pass");
            assertThat(change.nowWord()).isEqualTo("fail");
        });
        assertThat(page.documents().get(0).criteria().get(0).trend().words()).isEqualTo("was pass in the last run");
    }

    /** What was last seen to hold on a real cluster counts before what holds on the simulated one. */
    @Test
    void aSystemSaysWhatProvesItsCriteria() {
        List<HistoryLine> lines = List.of(
                line("k3s", "GITOPS-DRIFT-01", Verdict.PASS, 1),
                line("k3s", "GITOPS-HEALTH-01", Verdict.PASS, 1),
                line("k3s", "GITOPS-HEALTH-01", Verdict.FAIL, 2),
                line("k3s", "KGO-CTRL-01", Verdict.PASS, 1),
                line("k3s", "KGO-CTRL-01", Verdict.BLOCKED, 2));

        Page page = new PageBuilder(Showcase.run(), new History(lines, List.of())).page();

        Page.SystemRow flux = page.systems().get(0);
        assertThat(flux.criteria())
                .extracting(each -> each.id() + " " + each.by() + " " + each.word())
                .containsExactly(
                        "GITOPS-DRIFT-01 real pass",
                        "GITOPS-DEPLOY-01 simulated pass",
                        "GITOPS-HEALTH-01 simulated pass",
                        "GITOPS-PRUNE-01 not-yet fail",
                        "GITOPS-NOTIFY-01 not-yet blocked",
                        "GITOPS-BOOT-01 not-yet unproven",
                        "KGO-CTRL-01 real not in this run");
        assertThat(List.of(flux.all(), flux.real(), flux.simulated(), flux.notYet()))
                .containsExactly(7, 2, 2, 3);
        assertThat(page.systems().get(2).all()).isZero();
    }

    private static HistoryLine line(String target, String id, Verdict verdict, int day) {
        return new HistoryLine(target, id, verdict, "2026-11-0" + day + "T00:00:00Z", null, null, null);
    }

    @Test
    void aValueFarAboveTheUsualIsWarnedOfWhileGreen() {
        RunRecord run = SampleRecords.of(Verdict.PASS);
        HistoryLine quick =
                new HistoryLine("k3s", "C-0-PASS", Verdict.PASS, "2026-11-01T00:00:00Z", "waited", 30.0, "seconds");

        assertThat(new PageBuilder(run, new History(java.util.Collections.nCopies(6, quick), List.of()))
                        .page()
                        .notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.text())
                        .isEqualTo("waited 62.25 s, usually up to 30 s (p95 of the last 6 runs)"));
        assertThat(new PageBuilder(run, new History(java.util.Collections.nCopies(4, quick), List.of()))
                        .page()
                        .notices())
                .isEmpty();
    }

    @Test
    void aWaitThatRanOutIsDrawnAsMissed() {
        Page.Gauge failed = gauge(Verdict.FAIL);
        Page.Gauge passed = gauge(Verdict.PASS);

        assertThat(failed.state()).isEqualTo("missed");
        assertThat(failed.margin()).isEqualTo("4.0 % beyond the limit");
        assertThat(passed.state()).isEqualTo("met");
        assertThat(passed.margin()).isEqualTo("79 % margin");
        assertThat(Double.parseDouble(passed.fill())).isLessThan(Double.parseDouble(passed.mark()));
        assertThat(gauge(Verdict.INCONCLUSIVE).state()).isEqualTo("unmeasured");
    }

    @Test
    void aCriterionSaysInWhichSectionOfItsDocumentItStands() throws IOException {
        assertThat(render(Showcase.run())).contains("§ 1 GitOps; Success Criteria");
    }

    @Test
    void anEmptyRunSaysThatNothingWasMeasured() throws IOException {
        assertThat(render(SampleRecords.of())).contains("No criterion was selected, so nothing was measured.");
    }

    @Test
    void whatFailedIsNotShownWithTheMarginOfAnEarlierStep() {
        Page.Gauge near = drawn("near", "met", "80");
        Page.Gauge far = drawn("far", "met", "10");
        Page.Gauge missed = drawn("missed", "missed", "86");

        assertThat(Gauges.glance(List.of(near, far), Verdict.FAIL)).isEmpty();
        assertThat(Gauges.glance(List.of(near, missed, far), Verdict.FAIL)).containsExactly(missed);
        assertThat(Gauges.glance(List.of(far, near, drawn("free", "free", "0")), Verdict.PASS))
                .containsExactly(near);
    }

    private static Page.Gauge drawn(String name, String state, String fill) {
        return new Page.Gauge(name, "1", "at most 2", "", state, fill, "86", false);
    }

    @Test
    void aDocumentThatTheRunHasNotIsSaid() {
        RunRecord all = Showcase.run();
        RunRecord run = new RunRecord(
                all.target(),
                all.simulated(),
                all.targetDescription(),
                all.targetReason(),
                all.delivery(),
                all.started(),
                all.finished(),
                all.of("gitops-plan"),
                all.leftovers(),
                all.remarks(),
                all.broken(),
                all.signal(),
                all.catalogue());
        assertThat(new PageBuilder(run, History.NONE).page().tiles())
                .extracting(tile -> tile.name() + " " + tile.conformance())
                .containsExactly(
                        "gitops-plan non-conformant", "kubeadm-gitops not in this run", "rpi-roadmap not in this run");
    }

    private static Page.Gauge gauge(Verdict verdict) {
        return Gauges.of(SampleRecords.of(verdict).criteria().get(0)).get(0);
    }

    private static String render(RunRecord run) throws IOException {
        return new IndexPage().render(run, History.NONE);
    }
}
