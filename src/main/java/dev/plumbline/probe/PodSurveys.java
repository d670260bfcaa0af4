package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Pods;
import dev.plumbline.cluster.Target;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Questions about many pods. */
public final class PodSurveys {

    private static final List<String> PODS = List.of("Pod");

    private final Target target;

    public PodSurveys(Target target) {
        this.target = target;
    }

    /**
     * No container of a namespace has ended and been started again within the time before now.
     *
     * @param pods the names of the pods that are looked at, where {@code *} stands for any letters
     */
    public Survey noRestarts(String namespace, String pods, Duration span) {
        String subject = "containers of pods \"" + pods + "\" in namespace \"" + namespace + "\"";
        Pattern names = Pattern.compile(pods.replace("*", ".*"));
        return new Survey(target, subject, PODS, reader -> {
            List<String> wrong = new ArrayList<>();
            int looked = 0;
            for (GenericKubernetesResource pod : reader.list("Pod", namespace)) {
                boolean selected = names.matcher(pod.getMetadata().getName()).matches();
                for (Object status : selected ? statuses(pod) : List.of()) {
                    looked++;
                    Object ended = FieldPath.parse(".lastState.terminated.finishedAt")
                            .in(status)
                            .orElse("");
                    boolean recent = !ended.equals("")
                            && Instant.parse(ended.toString()).plus(span).isAfter(target.now());
                    if (recent) {
                        wrong.add("container " + ((Map<?, ?>) status).get("name") + " of " + FluxSurveys.title(pod)
                                + " restarted at " + ended);
                    }
                }
            }
            return new Survey.Tally(looked, wrong);
        });
    }

    /** The pods of a namespace are those of an earlier look, and no container has restarted since. */
    public Survey same(String namespace, Map<String, String> earlier) {
        return new Survey(target, "pods in namespace \"" + namespace + "\"", PODS, reader -> {
            Map<String, String> now = identities(reader, namespace);
            List<String> wrong = new ArrayList<>();
            earlier.forEach((name, identity) -> {
                String found = now.get(name);
                if (found == null) {
                    wrong.add("pod " + name + " is gone");
                } else if (!found.equals(identity)) {
                    wrong.add("pod " + name + " is another one or has restarted");
                }
            });
            return new Survey.Tally(earlier.size(), wrong);
        });
    }

    /** Name, and UID with the count of restarts, of the pods that are ready: others may be on their way to another state. */
    public Map<String, String> identities(String namespace) {
        try {
            Survey.Reader reader = new Survey.Reader(target);
            Map<String, String> found = identities(reader, namespace);
            for (GenericKubernetesResource pod : reader.list("Pod", namespace)) {
                if (!Pods.ready(pod)) {
                    found.remove(pod.getMetadata().getName());
                }
            }
            return found;
        } catch (NotSeen e) {
            return Map.of();
        }
    }

    private static Map<String, String> identities(Survey.Reader reader, String namespace) throws NotSeen {
        Map<String, String> found = new TreeMap<>();
        for (GenericKubernetesResource pod : reader.list("Pod", namespace)) {
            if (!Pods.completed(pod) && pod.getMetadata().getDeletionTimestamp() == null) {
                StringBuilder identity = new StringBuilder(pod.getMetadata().getUid());
                statuses(pod).forEach(status -> identity.append(' ').append(((Map<?, ?>) status).get("restartCount")));
                found.put(pod.getMetadata().getName(), identity.toString());
            }
        }
        return found;
    }

    private static List<?> statuses(GenericKubernetesResource pod) {
        return (List<?>) FieldPath.parse(".status.containerStatuses")
                .in(pod.getAdditionalProperties())
                .orElse(List.of());
    }

    /**
     * What pods or claims request together, in the resource's base unit; absent when there are none.
     *
     * @param patterns {@code namespace/name}, where {@code *} stands for any letters
     */
    public Requests requests(String kind, List<String> patterns, String resource) {
        return new Requests(target, kind, patterns, resource);
    }

    static BigDecimal amount(Object quantity) {
        return Quantity.getAmountInBytes(Quantity.parse(quantity.toString()));
    }
}
