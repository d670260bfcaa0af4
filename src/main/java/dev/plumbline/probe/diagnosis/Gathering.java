package dev.plumbline.probe.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.probe.diagnosis.Reads.Answer;
import dev.plumbline.verdict.About;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads an object, who made it, what it made, and what those say: conditions, events, claims, nodes, logs. */
final class Gathering {

    private static final int MOST_PODS = 3;
    private static final int MOST_EVENTS_OF = 12;
    /** What a kubelet answers with 200 when the container is gone. */
    private static final String LOST_LOG = "unable to retrieve container logs for ";

    private static final int MOST_OWNERS = 5;

    /** Kinds whose pods carry the labels that they select. */
    private static final Set<String> SELECTING =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "Service");

    private static final List<Kind> WORKLOADS =
            List.of(Core.DEPLOYMENT, Core.STATEFUL_SET, Core.DAEMON_SET, Core.JOB, Core.REPLICA_SET);

    private static final Pattern SECRET_USE = Pattern.compile("\"(?:secretKeyRef|secretRef|secretName|secret)\":");

    private final Kinds kinds;
    private final Reads reads;
    private final Around around;
    private boolean secretsUnseen;

    Gathering(Kinds kinds, Reads reads, Around around) {
        this.kinds = kinds;
        this.reads = reads;
        this.around = around;
    }

    void round(About about) throws InterruptedException {
        ObjectRef ref;
        try {
            Kind kind = kinds.named(about.kind());
            ref = new ObjectRef(kind, kind.namespaced() ? about.namespace() : null, about.name());
        } catch (Kinds.UnknownKind e) {
            around.missing(e.getMessage());
            return;
        }
        Optional<Live> subject = subject(ref);
        if (subject.isEmpty()) {
            return;
        }
        around.subject(subject.get());
        owners(subject.get());
        owned(subject.get());
        details();
    }

    /** What was asked about; where it is not there, what is there instead. */
    private Optional<Live> subject(ObjectRef ref) throws InterruptedException {
        int before = around.troubles().size();
        Optional<Live> found = reads.object(ref).get();
        if (found.isPresent() || around.troubles().size() > before) {
            return found;
        }
        String namespace = ref.namespace();
        if (namespace != null
                && reads.object(new ObjectRef(Core.NAMESPACE, null, namespace))
                        .get()
                        .isEmpty()) {
            around.missing("Namespace \"" + namespace + "\" is not there");
            return found;
        }
        List<String> names = reads.list(ref.kind(), namespace, Map.of()).get().stream()
                .map(Live::name)
                .limit(10)
                .toList();
        around.missing(ref + " is not there; " + ref.kind().plural() + " that are: "
                + (names.isEmpty() ? "none" : String.join(", ", names)));
        return found;
    }

    private void owners(Live object) throws InterruptedException {
        Optional<Live> child = Optional.of(object);
        for (int level = 0; child.isPresent() && level < MOST_OWNERS; level++) {
            Optional<Live> owner = owner(child.get());
            owner.ifPresent(around::add);
            child = owner;
        }
    }

    /** The controller that made it or, at the top, the Flux object that applied it and then its source. */
    private Optional<Live> owner(Live object) throws InterruptedException {
        for (JsonNode reference : object.list("/metadata/ownerReferences")) {
            return read(
                    reference.path("apiVersion").asText() + " "
                            + reference.path("kind").asText(),
                    object.namespace(),
                    reference.path("name").asText());
        }
        Map<String, String> labels = object.map("/metadata/labels");
        for (String flux : List.of("kustomize.toolkit.fluxcd.io", "helm.toolkit.fluxcd.io")) {
            String name = labels.get(flux + "/name");
            if (name != null && !name.equals(object.name())) {
                String kind = flux.startsWith("helm") ? "HelmRelease" : "Kustomization";
                return read(kind + "." + flux, labels.getOrDefault(flux + "/namespace", ""), name);
            }
        }
        JsonNode source = object.at("/spec/sourceRef").isMissingNode()
                ? object.at("/spec/chart/spec/sourceRef")
                : object.at("/spec/sourceRef");
        return source.isMissingNode()
                ? Optional.empty()
                : read(
                        source.path("kind").asText() + ".source.toolkit.fluxcd.io",
                        source.path("namespace").asText(object.namespace()),
                        source.path("name").asText());
    }

    /** @param word a kind as steps name it, or an API version and a kind */
    private Optional<Live> read(String word, String namespace, String name) throws InterruptedException {
        try {
            int space = word.indexOf(' ');
            Kind kind = space < 0 ? kinds.named(word) : kinds.of(word.substring(0, space), word.substring(space + 1));
            return reads.object(new ObjectRef(kind, kind.namespaced() ? namespace : null, name))
                    .get();
        } catch (Kinds.UnknownKind e) {
            around.trouble("owner " + name + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private void owned(Live subject) throws InterruptedException {
        switch (subject.kind()) {
            case "Namespace" -> everythingIn(subject.name());
            case "Kustomization", "HelmRelease" -> applied(subject);
            case "ConfigMap", "Secret", "PersistentVolumeClaim", "Pod", "Node" -> {}
            default -> descendants(subject);
        }
    }

    private void everythingIn(String namespace) throws InterruptedException {
        List<Answer<List<Live>>> answers = new ArrayList<>();
        for (Kind kind : WORKLOADS) {
            answers.add(reads.list(kind, namespace, Map.of()));
        }
        Answer<List<Live>> pods = reads.list(Core.POD, namespace, Map.of());
        for (Answer<List<Live>> answer : answers) {
            answer.get().stream().filter(Gathering::unfinished).forEach(around::add);
        }
        pods.get().forEach(around::add);
    }

    /** The workloads of a Kustomization's inventory that are not ready. */
    private void applied(Live sync) throws InterruptedException {
        List<Answer<Optional<Live>>> answers = new ArrayList<>();
        for (JsonNode entry : sync.list("/status/inventory/entries")) {
            String[] parts = entry.path("id").asText().split("_");
            for (Kind kind : WORKLOADS) {
                if (parts.length == 4 && parts[3].equals(kind.kind()) && parts[2].equals(kind.group())) {
                    answers.add(reads.object(new ObjectRef(kind, parts[0], parts[1])));
                }
            }
        }
        for (Answer<Optional<Live>> answer : answers) {
            Optional<Live> workload = answer.get().filter(Gathering::unfinished);
            if (workload.isPresent()) {
                around.add(workload.get());
                descendants(workload.get());
            }
        }
    }

    private static boolean unfinished(Live workload) {
        JsonNode status = workload.at("/status");
        int wanted = status.has("desiredNumberScheduled")
                ? status.path("desiredNumberScheduled").asInt()
                : workload.at("/spec/replicas").asInt(workload.kind().equals("Job") ? 0 : 1);
        int ready =
                status.path("readyReplicas").asInt(status.path("numberReady").asInt());
        return ready < wanted || workload.is("Failed", "True") || workload.is("ReplicaFailure", "True");
    }

    /** What an object owns down to its pods, or what it selects. */
    private void descendants(Live object) throws InterruptedException {
        Map<String, String> labels = SELECTING.contains(object.kind()) ? selector(object) : Map.of();
        boolean service = object.kind().equals("Service");
        if (service && labels.isEmpty()) {
            return;
        }
        Answer<List<Live>> pods = reads.list(Core.POD, object.namespace(), labels);
        List<Answer<List<Live>>> between = new ArrayList<>();
        if (!service && !object.kind().matches("StatefulSet|DaemonSet|ReplicaSet|Job")) {
            for (Kind kind : object.kind().equals("Deployment") ? List.of(Core.REPLICA_SET) : WORKLOADS) {
                between.add(reads.list(kind, object.namespace(), labels));
            }
        }
        List<Live> family = new ArrayList<>(List.of(object));
        for (Answer<List<Live>> answer : between) {
            answer.get().stream()
                    .filter(one -> family.stream().anyMatch(one::ownedBy))
                    .forEach(family::add);
        }
        family.forEach(around::add);
        pods.get().stream()
                .filter(pod -> service || family.stream().anyMatch(pod::ownedBy))
                .forEach(around::add);
        if (service && around.ofKind("Pod").isEmpty()) {
            reads.list(Core.POD, object.namespace(), Map.of()).get().forEach(around::neighbour);
        }
    }

    private static Map<String, String> selector(Live object) {
        return object.kind().equals("Service")
                ? object.map("/spec/selector")
                : object.map("/spec/selector/matchLabels");
    }

    /** What the pods that are sick, and those round them, say. */
    private void details() throws InterruptedException {
        List<Live> sick = around.sickPods().stream().limit(MOST_PODS).toList();
        List<Live> telling = new ArrayList<>(sick);
        if (sick.isEmpty()) {
            around.ofKind("Pod").stream().limit(1).forEach(telling::add);
        }
        Map<String, Answer<String>> logs = new HashMap<>();
        for (Live pod : telling) {
            if (maskable(pod)) {
                logs.putAll(logs(pod));
            }
        }
        List<Answer<List<Live>>> lists = new ArrayList<>();
        List<Answer<Optional<Live>>> singles = new ArrayList<>();
        nodes(telling, lists, singles);
        Set<Live> claims = claims(telling);
        for (Live object : eventful(telling, claims)) {
            String namespace = object.namespace().isEmpty() ? "default" : object.namespace();
            lists.add(reads.events(Core.EVENT, namespace, object));
        }
        for (Answer<List<Live>> answer : lists) {
            answer.get().forEach(this::file);
        }
        for (Answer<Optional<Live>> answer : singles) {
            answer.get().ifPresent(around::add);
        }
        for (Map.Entry<String, Answer<String>> entry : logs.entrySet()) {
            String text = entry.getValue().get();
            if (text.startsWith(LOST_LOG)) {
                around.trouble(entry.getKey() + ": " + text.strip());
            } else if (!text.isBlank()) {
                around.log(entry.getKey(), text);
            }
        }
    }

    private void file(Live read) {
        if (read.kind().equals("Event")) {
            around.event(read);
        } else {
            around.add(read);
        }
    }

    /** What a pod prints may hold what it was given; it is kept only if the client has seen that, and so the mask. */
    private boolean maskable(Live pod) throws InterruptedException {
        if (!SECRET_USE.matcher(pod.at("/spec").toString()).find()) {
            return true;
        }
        int before = around.troubles().size();
        reads.list(Core.SECRET, pod.namespace(), Map.of()).get();
        boolean seen = around.troubles().size() == before && !secretsUnseen;
        if (!seen) {
            secretsUnseen = true;
            around.trouble("the logs of pod \"" + pod.name()
                    + "\": not kept, since it uses Secrets that cannot be read and so could not be masked");
        }
        return seen;
    }

    private Map<String, Answer<String>> logs(Live pod) {
        Map<String, Answer<String>> logs = new HashMap<>();
        for (JsonNode status : Around.containerStatuses(pod)) {
            String container = status.path("name").asText();
            boolean began = !status.path("containerID").asText().isEmpty();
            if (began) {
                logs.put(Around.logName(pod, container, false), reads.log(pod, container, false));
            }
            if (status.path("restartCount").asInt() > 0) {
                logs.put(Around.logName(pod, container, true), reads.log(pod, container, true));
            }
        }
        return logs;
    }

    private void nodes(List<Live> pods, List<Answer<List<Live>>> lists, List<Answer<Optional<Live>>> singles) {
        Set<String> names = new LinkedHashSet<>();
        pods.forEach(pod -> names.add(pod.text("/spec/nodeName")));
        if (names.remove("")) {
            lists.add(reads.list(Core.NODE, null, Map.of()));
        } else {
            names.forEach(name -> singles.add(reads.object(new ObjectRef(Core.NODE, null, name))));
        }
    }

    /** The claims of these pods, and the storage classes where one is not bound. */
    private Set<Live> claims(List<Live> pods) throws InterruptedException {
        Set<Live> claims = new LinkedHashSet<>(around.ofKind("PersistentVolumeClaim"));
        for (Live pod : pods) {
            for (JsonNode volume : pod.list("/spec/volumes")) {
                String claim = volume.at("/persistentVolumeClaim/claimName").asText("");
                if (!claim.isEmpty()) {
                    reads.object(new ObjectRef(Core.CLAIM, pod.namespace(), claim))
                            .get()
                            .ifPresent(claims::add);
                }
            }
        }
        claims.forEach(around::add);
        if (claims.stream().anyMatch(claim -> !claim.text("/status/phase").equals("Bound"))) {
            reads.list(Core.STORAGE_CLASS, null, Map.of()).get().forEach(around::add);
        }
        return claims;
    }

    /** The subject first, then what is sick, then the rest of the chain, as many as there may be requests. */
    private List<Live> eventful(List<Live> pods, Set<Live> claims) {
        Set<Live> objects = new LinkedHashSet<>(around.subjects());
        objects.addAll(pods);
        objects.addAll(claims);
        around.objects().stream()
                .filter(object -> !object.kind().matches("Pod|Node|StorageClass"))
                .forEach(objects::add);
        return objects.stream().limit(MOST_EVENTS_OF).toList();
    }
}
