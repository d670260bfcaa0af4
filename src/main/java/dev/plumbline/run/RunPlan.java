package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.profile.Profile;
import dev.plumbline.steps.Vocabulary;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a run would do, found out without contacting anything. */
public final class RunPlan {

    private static final Pattern LIMIT = Pattern.compile("(?:within|for) (\\d+) (second|minute|hour)s?");
    private static final Pattern NAMESPACE = Pattern.compile("in namespace \"([^\"]+)\"");

    private final Vocabulary vocabulary = new Vocabulary();
    private final ScenarioRights scenarioRights;
    private final Prepared prepared;

    public RunPlan(Prepared prepared) {
        this.prepared = prepared;
        this.scenarioRights = new ScenarioRights(vocabulary, prepared.options().manifests());
    }

    /**
     * One criterion of the plan.
     *
     * @param atMost the limits of all its waits together
     */
    public record Entry(Criterion criterion, boolean writes, Rights rights, Set<String> namespaces, Duration atMost) {}

    public List<Entry> entries() {
        return prepared.criteria().stream().map(this::entry).toList();
    }

    private Entry entry(Criterion criterion) {
        Profile profile = prepared.profiles().of(criterion.document());
        SortedSet<Right> rights = new TreeSet<>();
        Set<String> namespaces = new TreeSet<>();
        Duration atMost = Duration.ZERO;
        boolean writes = false;
        for (Example example : criterion.examples()) {
            writes |= example.changesCluster();
            rights.addAll(scenarioRights.of(example, profile));
            for (String step : example.steps()) {
                NAMESPACE.matcher(step).results().forEach(match -> namespaces.add(profile.filled(match.group(1))));
                atMost = atMost.plus(limit(step));
            }
        }
        writes |= rights.stream().anyMatch(Right::writes);
        return new Entry(criterion, writes, new Rights(rights), namespaces, atMost);
    }

    private static Duration limit(String step) {
        Matcher matcher = LIMIT.matcher(step);
        Duration total = Duration.ZERO;
        while (matcher.find()) {
            long amount = Long.parseLong(matcher.group(1));
            total = total.plus(
                    switch (matcher.group(2)) {
                        case "second" -> Duration.ofSeconds(amount);
                        case "minute" -> Duration.ofMinutes(amount);
                        default -> Duration.ofHours(amount);
                    });
        }
        return total;
    }
}
