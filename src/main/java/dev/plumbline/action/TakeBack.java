package dev.plumbline.action;

import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.Target;
import dev.plumbline.timing.Deadline;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Carries out undo entries on a target, of this process or of one that was killed. Doing one twice does no harm. */
final class TakeBack {

    /** For all entries together: long enough for a namespace with volumes to empty. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Target target;
    private final LiveObjects objects;
    private final Optional<String> run;
    private final Deadline deadline;

    /** @param run whose objects may be removed; absent where everything may */
    TakeBack(Target target, Optional<String> run) {
        this(target, run, LONGEST);
    }

    TakeBack(Target target, Optional<String> run, Duration longest) {
        this.target = target;
        this.objects = new LiveObjects(target);
        this.run = run;
        this.deadline = new Deadline(target.clock(), longest);
    }

    /**
     * Takes back the last first. What failed is tried again after the others, since it may have waited for one of them.
     * Returns what is left and why, by the entries' numbers.
     */
    SortedMap<Integer, String> all(SortedMap<Integer, Undo> entries) throws InterruptedException {
        List<Map.Entry<Integer, Undo>> order = new ArrayList<>(entries.entrySet());
        Collections.reverse(order);
        SortedMap<Integer, String> left = new TreeMap<>();
        for (int attempt = 1; attempt <= 2; attempt++) {
            for (Map.Entry<Integer, Undo> entry : order) {
                left.remove(entry.getKey());
                why(entry.getValue())
                        .ifPresent(reason ->
                                left.put(entry.getKey(), entry.getValue().what() + ": " + reason));
            }
            order.removeIf(entry -> !left.containsKey(entry.getKey()));
        }
        return left;
    }

    private Optional<String> why(Undo undo) throws InterruptedException {
        try {
            take(undo);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(Refusals.message(e));
        } catch (IllegalStateException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void take(Undo undo) throws InterruptedException {
        if (undo instanceof Undo.Remove made) {
            Removal removal = new Removal(objects, deadline, run);
            removal.remove(made.ref());
            removal.removeClaimsOf(made.ref());
        } else if (undo instanceof Undo.Restore changed) {
            new Restoration(objects, deadline).restore(changed);
        } else if (undo instanceof Undo.Unsend sent) {
            unsend(sent);
        } else {
            unfollow();
        }
    }

    private void unsend(Undo.Unsend sent) {
        String base = "/api/v1/namespaces/" + sent.namespace() + "/services/" + sent.service();
        try {
            target.client().raw(base + ":" + sent.port() + "/proxy" + sent.path(), "DELETE", Map.of());
        } catch (KubernetesClientException e) {
            boolean serviceGone = target.client()
                            .services()
                            .inNamespace(sent.namespace())
                            .withName(sent.service())
                            .get()
                    == null;
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && !serviceGone) {
                throw e;
            }
        }
    }

    private void unfollow() throws InterruptedException {
        try {
            new FluxReadiness(target).awaitNoneLeft();
        } catch (Kinds.UnknownKind e) {
            // Flux went with its definitions, and with them all that it could have left
            return;
        }
    }
}
