package dev.plumbline.report;

import dev.plumbline.verdict.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What needs a person now: worst first, and what has one cause said once. */
final class Notices {

    private final RunRecord run;
    private final Past past;
    private final List<Page.Notice> notices = new ArrayList<>();

    Notices(RunRecord run, Past past) {
        this.run = run;
        this.past = past;
    }

    List<Page.Notice> all() {
        run.criteria().stream()
                .filter(result -> result.verdict().compareTo(Verdict.BLOCKED) < 0)
                .sorted(Comparator.comparing(CriterionResult::verdict))
                .forEach(result -> add(result, Phrases.verdict(result.verdict()), result.reason()));
        run.leftovers()
                .forEach(leftover -> notices.add(
                        new Page.Notice("fail", "remains", "Left on the cluster", "", leftover, List.of())));
        blocked();
        run.remarks()
                .forEach(remark -> notices.add(new Page.Notice("waived", "remark", "Remark", "", remark, List.of())));
        for (CriterionResult result : run.criteria()) {
            past.unusual(result).ifPresent(sentence -> add(result, "unusual", sentence));
        }
        return notices;
    }

    private void add(CriterionResult result, String word, String text) {
        notices.add(new Page.Notice(
                PageBuilder.code(result.verdict()),
                word,
                result.criterion().id(),
                PageBuilder.anchor(result),
                text,
                List.of()));
    }

    /** One missing image may block dozens of criteria; it is one thing to do. */
    private void blocked() {
        Map<String, List<CriterionResult>> byReason = new LinkedHashMap<>();
        run.criteria().stream()
                .filter(result -> result.verdict() == Verdict.BLOCKED)
                .forEach(result -> byReason.computeIfAbsent(result.reason(), reason -> new ArrayList<>())
                        .add(result));
        byReason.forEach((reason, results) -> {
            if (results.size() == 1) {
                add(results.get(0), "blocked", reason);
                return;
            }
            List<Page.Link> links = results.stream()
                    .map(result -> new Page.Link(result.criterion().id(), PageBuilder.anchor(result)))
                    .toList();
            notices.add(new Page.Notice(
                    "blocked", "blocked", Phrases.plural(results.size(), "criterion"), "", reason, links));
        });
    }
}
