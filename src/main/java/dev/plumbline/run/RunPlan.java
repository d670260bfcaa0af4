package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.profile.Profile;
import dev.plumbline.steps.Vocabulary;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a run would do, found out without contacting anything. */
public final class RunPlan {

    private static final Pattern LIMIT = Pattern.compile("(?:within|for) (\\d+) (second|minute|hour)s?");
    private static final Pattern NAMESPACE = Pattern.compile("in namespace \"([^\"]+)\"");
    private static final List<String> READS = List.of("get", "list", "watch");

    private final Vocabulary vocabulary = new Vocabulary();
    private final Prepared prepared;

    public RunPlan(Prepared prepared) {
        this.prepared = prepared;
    }

    /**
     * One criterion of the plan.
     *
     * @param atMost the limits of all its waits together
     */
    public record Entry(
            Criterion criterion, boolean writes, Set<String> rights, Set<String> namespaces, Duration atMost) {}

    public List<Entry> entries() {
        return prepared.criteria().stream().map(this::entry).toList();
    }

    private Entry entry(Criterion criterion) {
        Profile profile = prepared.profiles().of(criterion.document());
        Set<String> rights = new TreeSet<>();
        Set<String> namespaces = new TreeSet<>();
        Duration atMost = Duration.ZERO;
        boolean writes = false;
        for (Example example : criterion.examples()) {
            writes |= example.changesCluster();
            for (String step : example.steps()) {
                vocabulary.find(step).ifPresent(found -> rights.addAll(found.rightsFor(step)));
                NAMESPACE.matcher(step).results().forEach(match -> namespaces.add(profile.filled(match.group(1))));
                atMost = atMost.plus(limit(step));
            }
        }
        writes |= rights.stream().anyMatch(RunPlan::writing);
        return new Entry(criterion, writes, rights, namespaces, atMost);
    }

    /** A POST through the service proxy may be a query; what changes a service by it also needs update or delete. */
    private static boolean writing(String right) {
        if (right.equals("create services/proxy") || right.equals("get,create services/proxy")) {
            return false;
        }
        return List.of(right.substring(0, right.indexOf(' ')).split(",")).stream()
                .anyMatch(verb -> !READS.contains(verb));
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

    /** All rights of the plan, each once. */
    public static String rights(Set<String> rights) {
        return rights.stream().collect(Collectors.joining("; "));
    }
}
