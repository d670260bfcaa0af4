package dev.plumbline.action;

import dev.plumbline.cluster.Guard;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.RunOwner;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.NotMeasured;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A run's journal in the cluster, so that a run on any machine can undo it: a Secret in each namespace that was there
 * before and is written to, since what it holds may be the values of Secrets. The namespaces that the run made need none:
 * they go as a whole, and their label and annotations say whose they are.
 */
final class ClusterJournal implements Journal {

    /** On the Secrets that hold a ledger, beside the run's label. */
    static final String LABEL = "plumbline.dev/ledger";

    /** On what stays on purpose. */
    static final String KEPT = "plumbline.dev/kept";

    /** A Secret holds 1 MiB. */
    private static final int FULL = 1_000_000;

    private final Target target;
    private final RunOwner owner;
    private final Set<String> made = new TreeSet<>();
    private final List<Page> pages = new ArrayList<>();

    ClusterJournal(Target target, RunOwner owner) {
        this.target = target;
        this.owner = owner;
    }

    /** One Secret. */
    private static final class Page {
        private final String namespace;
        private final String name;
        private final Set<Integer> numbers = new HashSet<>();
        private int bytes;

        Page(String namespace, String name) {
            this.namespace = namespace;
            this.name = name;
        }

        Secret named() {
            return new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(name)
                    .endMetadata()
                    .build();
        }
    }

    @Override
    public synchronized void write(int number, Undo undo) {
        if (undo instanceof Undo.Remove remove && remove.ref().kind().kind().equals("Namespace")) {
            made.add(remove.ref().name());
            return;
        }
        String namespace = namespace(undo);
        if (namespace == null || made.contains(namespace)) {
            return;
        }
        byte[] entry = Line.entry(number, undo).json().getBytes(StandardCharsets.UTF_8);
        Page page = page(namespace, entry.length);
        String data = Base64.getEncoder().encodeToString(entry);
        try {
            if (page.numbers.isEmpty()) {
                create(page, number, data);
            } else {
                patch(page, Map.of("data", Map.of(String.valueOf(number), data)));
            }
        } catch (KubernetesClientException e) {
            throw new NotMeasured(
                    "nothing is written to namespace \"" + namespace + "\", since the ledger cannot be kept there as a"
                            + " Secret: " + Refusals.message(e),
                    e);
        }
        page.numbers.add(number);
        page.bytes += entry.length;
    }

    private static @Nullable String namespace(Undo undo) {
        if (undo instanceof Undo.Unsend unsend) {
            return unsend.namespace();
        }
        return undo.object().map(ObjectRef::namespace).orElse(null);
    }

    private Page page(String namespace, int bytes) {
        long there =
                pages.stream().filter(one -> one.namespace.equals(namespace)).count();
        return pages.stream()
                .filter(one -> one.namespace.equals(namespace) && one.bytes + bytes <= FULL)
                .findFirst()
                .orElseGet(() -> {
                    Page page =
                            new Page(namespace, "plumbline-ledger-" + owner.runId() + (there == 0 ? "" : "-" + there));
                    pages.add(page);
                    return page;
                });
    }

    private void create(Page page, int number, String data) {
        Secret secret = new SecretBuilder(page.named())
                .editMetadata()
                .addToLabels(Guard.RUN_LABEL, owner.runId())
                .addToLabels(LABEL, "true")
                .addToAnnotations(owner.annotations(target.clock().instant()))
                .endMetadata()
                .addToData(String.valueOf(number), data)
                .build();
        target.client().resource(secret).create();
    }

    /** By the object and not by its name, for which the client would get it first. */
    private void patch(Page page, Map<String, Object> change) {
        target.client().resource(page.named()).patch(PatchContext.of(PatchType.JSON_MERGE), text(change));
    }

    @Override
    public synchronized void retain(Set<Integer> numbers) {
        for (Page page : List.copyOf(pages)) {
            Map<String, Object> done = new HashMap<>();
            page.numbers.stream()
                    .filter(number -> !numbers.contains(number))
                    .forEach(number -> done.put(String.valueOf(number), null));
            page.numbers.retainAll(numbers);
            if (page.numbers.isEmpty()) {
                target.client()
                        .secrets()
                        .inNamespace(page.namespace)
                        .withName(page.name)
                        .delete();
                pages.remove(page);
            } else if (!done.isEmpty()) {
                patch(page, Map.of("data", done));
            }
        }
    }

    @Override
    public synchronized void keep() {
        annotate(Map.of(KEPT, "true"));
    }

    /** Says that the run is alive, to those who cannot look at its process. */
    synchronized void beat() {
        annotate(Map.of(RunOwner.ALIVE, target.clock().instant().toString()));
    }

    private void annotate(Map<String, String> annotations) {
        Map<String, Object> change = Map.of("metadata", Map.of("annotations", annotations));
        pages.forEach(page -> patch(page, change));
        for (String namespace : made) {
            var handle = target.client().namespaces().withName(namespace);
            if (handle.get() != null) {
                handle.patch(PatchContext.of(PatchType.JSON_MERGE), text(change));
            }
        }
    }

    private static String text(Map<String, Object> change) {
        return Serialization.asJson(change);
    }
}
