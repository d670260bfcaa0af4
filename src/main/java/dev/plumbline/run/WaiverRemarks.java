package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.profile.Profile;
import dev.plumbline.profile.Profile.WaiverEntry;
import dev.plumbline.report.CriterionResult;
import dev.plumbline.verdict.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the owner of a waiver should know: it covers nothing, is no longer needed, or ends soon. One line each. */
final class WaiverRemarks {

    private static final int DAYS_BEFORE_EXPIRY = 14;

    private WaiverRemarks() {}

    /** @param criteria all that this profile is for, also those that were not selected */
    static List<String> unknown(Profile profile, Collection<Criterion> criteria) {
        Set<String> ids = criteria.stream().map(Criterion::id).collect(Collectors.toSet());
        return profile.waivers().stream()
                .filter(waiver -> !ids.contains(waiver.criterion()))
                .map(waiver -> named(profile, waiver)
                        + " covers nothing: no rule in the features that were read has that id; remove it")
                .toList();
    }

    static List<String> of(Profile profile, Collection<CriterionResult> results, LocalDate today) {
        List<String> remarks = new ArrayList<>();
        for (WaiverEntry waiver : profile.waivers()) {
            results.stream()
                    .filter(result -> result.criterion().id().equals(waiver.criterion()))
                    .findFirst()
                    .map(result -> of(result.verdict(), waiver, today))
                    .filter(words -> !words.isEmpty())
                    .ifPresent(words -> remarks.add(named(profile, waiver) + words));
        }
        return remarks;
    }

    private static String of(Verdict verdict, WaiverEntry waiver, LocalDate today) {
        return switch (verdict) {
            case PASS -> " is not needed: it passed; remove it";
            case FLAKY, INCONCLUSIVE -> " does not cover " + verdict + ", only FAIL";
            case WAIVED ->
                waiver.expires().isAfter(today.plusDays(DAYS_BEFORE_EXPIRY))
                        ? ""
                        : " ends on " + waiver.expires() + ", owner " + waiver.owner();
            default -> "";
        };
    }

    private static String named(Profile profile, WaiverEntry waiver) {
        return profile.source() + ":" + waiver.line() + ": the waiver of " + waiver.criterion();
    }
}
