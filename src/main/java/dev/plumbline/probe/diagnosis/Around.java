package dev.plumbline.probe.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has been gathered round an object so far. Filled by several threads, and read while some still fill it. */
final class Around {

    private final Map<String, Live> objects = new LinkedHashMap<>();
    private final Map<String, Live> neighbours = new LinkedHashMap<>();
    private final Map<String, Live> events = new LinkedHashMap<>();
    private final Map<String, String> logs = new LinkedHashMap<>();
    private final boolean answered;
    private final Set<String> subjects = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final Set<String> troubles = new LinkedHashSet<>();

    /** @param answered whether the last look saw a value, so that who gives it must be reachable */
    Around(boolean answered) {
        this.answered = answered;
    }

    boolean answered() {
        return answered;
    }

    synchronized void subject(Live object) {
        add(object);
        subjects.add(object.uid());
    }

    synchronized void add(Live object) {
        objects.putIfAbsent(object.uid(), object);
    }

    /** Something in the same namespace that should perhaps have been among the objects, but is not. */
    synchronized void neighbour(Live object) {
        neighbours.putIfAbsent(object.uid(), object);
    }

    synchronized List<Live> neighbours() {
        return List.copyOf(neighbours.values());
    }

    synchronized void event(Live event) {
        events.put(event.uid(), event);
    }

    synchronized void log(String name, String text) {
        logs.put(name, text);
    }

    /** Something that should be there is not. */
    synchronized void missing(String what) {
        missing.add(what);
    }

    /** Something could not be had, and why. */
    synchronized void trouble(String what) {
        troubles.add(what);
    }

    synchronized List<Live> subjects() {
        return objects.values().stream()
                .filter(object -> subjects.contains(object.uid()))
                .toList();
    }

    synchronized List<Live> objects() {
        return List.copyOf(objects.values());
    }

    List<Live> ofKind(String kind) {
        return objects().stream().filter(object -> object.kind().equals(kind)).toList();
    }

    Optional<Live> named(String kind, String name) {
        return ofKind(kind).stream()
                .filter(object -> object.name().equals(name))
                .findFirst();
    }

    /** Sick pods, those of the newest template first. */
    List<Live> sickPods() {
        return ofKind("Pod").stream()
                .filter(Live::unhealthyPod)
                .sorted(Comparator.comparing((Live pod) -> pod.text("/metadata/creationTimestamp"))
                        .reversed())
                .toList();
    }

    /** Events, newest first. */
    synchronized List<Live> events() {
        return events.values().stream()
                .sorted(Comparator.comparing(Around::when).reversed())
                .toList();
    }

    static String when(Live event) {
        for (String field : List.of("/lastTimestamp", "/series/lastObservedTime", "/eventTime", "/firstTimestamp")) {
            if (!event.text(field).isEmpty()) {
                return event.text(field);
            }
        }
        return event.text("/metadata/creationTimestamp");
    }

    /** The newest message about an object with one of these reasons. */
    Optional<String> told(Live about, String... reasons) {
        Set<String> wanted = Set.of(reasons);
        return events().stream()
                .filter(event ->
                        event.text("/involvedObject/uid").equals(about.uid()) && wanted.contains(event.text("/reason")))
                .map(event -> event.text("/message"))
                .findFirst();
    }

    synchronized Optional<String> log(String name) {
        return Optional.ofNullable(logs.get(name));
    }

    synchronized Map<String, String> logs() {
        return new LinkedHashMap<>(logs);
    }

    synchronized List<String> missing() {
        return List.copyOf(missing);
    }

    synchronized List<String> troubles() {
        return List.copyOf(troubles);
    }

    static List<JsonNode> containerStatuses(Live pod) {
        List<JsonNode> all = new ArrayList<>(pod.list("/status/initContainerStatuses"));
        all.addAll(pod.list("/status/containerStatuses"));
        return all;
    }

    static String logName(Live pod, String container, boolean previous) {
        return "log-" + pod.name() + "-" + container + (previous ? "-previous" : "") + ".txt";
    }
}
