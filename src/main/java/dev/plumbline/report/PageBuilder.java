package dev.plumbline.report;

import dev.plumbline.verdict.Verdict;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Makes the page of a run and its past. */
final class PageBuilder {

    static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** More criteria than this are laid out when they are opened. */
    private static final int MOST_AT_ONCE = 600;

    private final RunRecord run;
    private final Past past;
    private final History history;
    private final Map<String, String> systems;
    private final PageEvidence evidence = new PageEvidence();

    PageBuilder(RunRecord run, History history) {
        this.run = run;
        this.past = Past.of(run.target(), history);
        this.history = history;
        this.systems = PageSystems.byCriterion(run);
    }

    Page page() {
        return new Page(
                head(),
                run.criteria().size() > MOST_AT_ONCE,
                counts(run.criteria()),
                tiles(),
                new Notices(run, past).all(),
                past.changes(run),
                run.documents().stream().map(this::section).toList(),
                TimeAxis.of(run),
                new PageSystems(run, history).rows());
    }

    private Page.Head head() {
        int scenarios = run.criteria().stream()
                .mapToInt(result -> result.scenarios().size())
                .sum();
        return new Page.Head(
                run.target(),
                run.simulated(),
                Phrases.SIMULATED,
                run.targetDescription(),
                run.targetReason(),
                run.delivery(),
                MOMENT.format(run.started()),
                Phrases.duration(Duration.between(run.started(), run.finished())),
                run.conformance().word(),
                run.exitCode(),
                Phrases.exit(run),
                Phrases.plural(run.criteria().size(), "criterion"),
                Phrases.plural(scenarios, "scenario"),
                tilt());
    }

    /** Upright when all that was measured holds, and further off the more does not. */
    private String tilt() {
        long active = run.criteria().stream().filter(CriterionResult::active).count();
        long off = run.criteria().stream()
                .filter(result -> result.verdict().compareTo(Verdict.BLOCKED) < 0)
                .count();
        return off == 0 ? "0" : String.format(Locale.ROOT, "%.1f", 4 + 10.0 * off / active);
    }

    private List<Page.Tile> tiles() {
        List<String> here = run.documents();
        Stream<String> others = run.catalogue().systems().stream()
                .flatMap(system -> system.documents().stream())
                .distinct()
                .filter(name -> !here.contains(name));
        return Stream.concat(
                        here.stream().map(this::tile),
                        others.map(name -> new Page.Tile(name, "", "not in this run", 0, List.of())))
                .toList();
    }

    private Page.Tile tile(String document) {
        List<CriterionResult> own = run.of(document);
        return new Page.Tile(document, anchor(document), Conformance.of(own).word(), own.size(), counts(own));
    }

    private Page.Section section(String document) {
        List<CriterionResult> own = run.of(document);
        return new Page.Section(
                document,
                anchor(document),
                counts(own),
                own.stream().map(this::entry).toList());
    }

    private Page.Entry entry(CriterionResult result) {
        List<Page.Gauge> gauges = Gauges.of(result);
        var criterion = result.criterion();
        Duration took = result.scenarios().stream().map(ScenarioResult::took).reduce(Duration.ZERO, Duration::plus);
        return new Page.Entry(
                criterion.id(),
                anchor(result),
                criterion.text(),
                criterion.location().toString(),
                run.catalogue().sections().getOrDefault(criterion.id(), ""),
                criterion.tier().word(),
                systems.getOrDefault(criterion.id(), ""),
                code(result.verdict()),
                Phrases.verdict(result.verdict()),
                result.reason(),
                took.isZero() ? "" : Phrases.duration(took),
                result.waiver()
                        .map(waiver -> waiver.reason() + " (" + waiver.owner() + ", until " + waiver.expires() + ")")
                        .orElse(""),
                result.fault().map(PageBuilder::faultLabel).orElse(""),
                result.fault().map(FaultProof::name).orElse(""),
                result.fault().map(PageBuilder::faultState).orElse(""),
                gauges,
                Gauges.glance(gauges, result.verdict()),
                past.trend(result),
                result.scenarios().stream().map(PageScenarios::of).toList(),
                evidence.of(result));
    }

    private static String faultState(FaultProof fault) {
        if (fault.killed().isEmpty()) {
            return "must turn it red; not proven as it stands now";
        }
        String where = fault.target().map(target -> " on " + target).orElse("");
        String when = fault.proven().map(at -> ", " + MOMENT.format(at)).orElse("");
        return (fault.killed().get() ? "turned it red" : "did NOT turn it red") + where + when;
    }

    private static String faultLabel(FaultProof fault) {
        return fault.killed().orElse(false) ? "Proven by" : "Fault";
    }

    /** Those that occur, in the order of {@link Verdict}. */
    static List<Page.Count> counts(List<CriterionResult> criteria) {
        return RunRecord.counts(criteria).entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map((Map.Entry<Verdict, Integer> entry) -> new Page.Count(
                        code(entry.getKey()),
                        Phrases.verdict(entry.getKey()),
                        entry.getValue(),
                        share(entry.getValue(), criteria.size())))
                .toList();
    }

    /** The verdict as the style sheet names it. */
    static String code(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String anchor(String document) {
        return "document-" + EvidenceFolder.fileName(document);
    }

    static String anchor(CriterionResult result) {
        return EvidenceFolder.fileName(result.criterion().id());
    }

    static String share(double part, double whole) {
        double share = whole <= 0 ? 0 : Math.max(0, Math.min(100, 100 * part / whole));
        return String.format(Locale.ROOT, "%.2f", share);
    }
}
