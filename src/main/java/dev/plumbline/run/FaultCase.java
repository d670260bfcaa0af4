package dev.plumbline.run;

import dev.plumbline.action.Fault;
import dev.plumbline.criterion.SourceLine;
import dev.plumbline.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A fault and what is expected of it.
 *
 * @param verdict what a scenario that names it must come to
 * @param red words that the first line of the scenario's reason must contain
 * @param also other criteria that it turns red; {@code ABC-*} stands for some of those, {@link #ALL} for any
 * @param only the targets on which it can be made; none means all
 * @param reason why it cannot be made on others
 */
record FaultCase(
        Fault fault,
        Verdict verdict,
        String red,
        List<String> also,
        Set<String> only,
        String reason,
        SourceLine location) {

    static final String ALL = "all";

    FaultCase {
        also = List.copyOf(also);
        only = Set.copyOf(only);
    }

    String name() {
        return fault.name();
    }

    /** Whether it may turn this criterion red, too. */
    boolean declares(String criterion) {
        return also.contains(ALL) || also.stream().anyMatch(word -> fits(word, criterion));
    }

    /** The words of {@code also} that stand for several criteria. */
    List<String> patterns() {
        return also.stream().filter(word -> word.endsWith("*")).toList();
    }

    /** Whether a word of {@code also} means the criterion: its id, or how its id begins and a star. */
    static boolean fits(String word, String criterion) {
        return word.endsWith("*") ? criterion.startsWith(word.substring(0, word.length() - 1)) : criterion.equals(word);
    }

    /** Why it cannot be made on a target. */
    Optional<String> impossibleOn(String target) {
        return only.isEmpty() || only.contains(target) ? Optional.empty() : Optional.of(reason);
    }
}
