package dev.plumbline.report;

import dev.plumbline.criterion.NamedSystem;
import dev.plumbline.verdict.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every system that the documents name, and what proves each of its criteria: a real cluster, the simulated one, or nothing yet. */
final class PageSystems {

    private static final String SIMULATED = "simulated";

    private final RunRecord run;
    private final Map<String, CriterionResult> here = new HashMap<>();
    /** What was said last of a criterion, on real clusters and on the simulated one. */
    private final Map<String, Verdict> real = new HashMap<>();

    private final Map<String, Verdict> simulated = new HashMap<>();

    PageSystems(RunRecord run, History history) {
        this.run = run;
        history.lines().stream()
                .filter(line -> said(line.verdict()))
                .sorted(java.util.Comparator.comparing(HistoryLine::at))
                .forEach(line -> of(line.target()).put(line.id(), line.verdict()));
        for (CriterionResult result : run.criteria()) {
            here.put(result.criterion().id(), result);
            if (said(result.verdict())) {
                of(run.target()).put(result.criterion().id(), result.verdict());
            }
        }
    }

    private Map<String, Verdict> of(String target) {
        return target.equals(SIMULATED) ? simulated : real;
    }

    /** A verdict that says something of the criterion: a run that could not or need not look leaves what was known. */
    private static boolean said(Verdict verdict) {
        return verdict == Verdict.FAIL || verdict == Verdict.FLAKY || verdict.green();
    }

    List<Page.SystemRow> rows() {
        return run.catalogue().systems().stream().map(this::row).toList();
    }

    /** The names of the systems of a criterion. */
    static Map<String, String> byCriterion(RunRecord run) {
        Map<String, String> names = new HashMap<>();
        for (NamedSystem system : run.catalogue().systems()) {
            system.criteria().forEach(id -> names.merge(id, system.name(), (all, name) -> all + "|" + name));
        }
        return names;
    }

    private Page.SystemRow row(NamedSystem system) {
        List<Page.SystemCriterion> criteria =
                system.criteria().stream().map(this::criterion).toList();
        int all = criteria.size();
        int onReal = count(criteria, "real");
        int onSimulated = count(criteria, SIMULATED);
        return new Page.SystemRow(
                system.name(),
                system.note(),
                String.join(", ", system.documents()),
                all,
                onReal,
                onSimulated,
                all - onReal - onSimulated,
                PageBuilder.share(onReal, all),
                PageBuilder.share(onSimulated, all),
                criteria);
    }

    private static int count(List<Page.SystemCriterion> criteria, String by) {
        return (int) criteria.stream().filter(each -> each.by().equals(by)).count();
    }

    private Page.SystemCriterion criterion(String id) {
        Optional<CriterionResult> result = Optional.ofNullable(here.get(id));
        String by = green(real, id) ? "real" : green(simulated, id) ? SIMULATED : "not-yet";
        return new Page.SystemCriterion(
                id,
                result.map(PageBuilder::anchor).orElse(""),
                result.map(each -> PageBuilder.code(each.verdict())).orElse(""),
                result.map(each -> Phrases.verdict(each.verdict())).orElse("not in this run"),
                by);
    }

    private static boolean green(Map<String, Verdict> verdicts, String id) {
        Verdict last = verdicts.get(id);
        return last != null && last.green();
    }
}
