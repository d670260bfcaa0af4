package dev.plumbline.action;

import dev.plumbline.cluster.Guard;
import dev.plumbline.cluster.KubeconfigTarget;
import dev.plumbline.cluster.RunOwner;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds the runs that have something in a cluster: by the journals on this machine, and by what the cluster holds. */
final class OtherRuns {

    private final KubeconfigTarget target;
    private final Path folder;
    private final Map<String, OtherRun> found = new TreeMap<>();
    private final List<String> unseen = new ArrayList<>();

    OtherRuns(KubeconfigTarget target, Path folder) {
        this.target = target;
        this.folder = folder;
    }

    /** All but this one. */
    Collection<OtherRun> but(String ownRun) {
        String cluster = target.uid();
        LocalJournals.in(folder, unseen::add).stream()
                .filter(journal -> cluster.equals(journal.cluster()))
                .forEach(this::journal);
        look(
                "namespaces",
                () -> target.client().namespaces().withLabel(Guard.RUN_LABEL).list().getItems().stream()
                        .map(namespace -> namespace.getMetadata())
                        .forEach(this::namespace));
        for (String namespace : target.writable()) {
            look(
                    "Secrets in namespace \"" + namespace + "\"",
                    () -> target.client()
                            .secrets()
                            .inNamespace(namespace)
                            .withLabel(ClusterJournal.LABEL)
                            .list()
                            .getItems()
                            .forEach(this::page));
        }
        found.remove(ownRun);
        return found.values();
    }

    /** What could not be looked at, one line each. */
    List<String> unseen() {
        return unseen;
    }

    private void look(String where, Runnable at) {
        try {
            at.run();
        } catch (KubernetesClientException e) {
            unseen.add("the " + where + " cannot be searched for what killed runs left: " + Refusals.message(e));
        } catch (IllegalStateException e) {
            unseen.add(String.valueOf(e.getMessage()));
        }
    }

    private OtherRun run(String id) {
        return found.computeIfAbsent(id, OtherRun::new);
    }

    private void journal(LocalJournals.Found journal) {
        OtherRun run = run(journal.owner().runId());
        run.isOf(Optional.of(journal.owner()), journal.written(), journal.kept());
        run.has(journal.file());
        journal.entries().forEach(run::has);
    }

    private void namespace(ObjectMeta metadata) {
        run(metadata).has(metadata.getName());
    }

    private OtherRun run(ObjectMeta metadata) {
        OtherRun run = run(String.valueOf(metadata.getLabels().get(Guard.RUN_LABEL)));
        Map<String, String> notes =
                new HashMap<>(metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations());
        notes.putAll(metadata.getLabels());
        Instant alive = notes.containsKey(RunOwner.ALIVE) ? Instant.parse(notes.get(RunOwner.ALIVE)) : Instant.EPOCH;
        run.isOf(RunOwner.of(notes), alive, notes.containsKey(ClusterJournal.KEPT));
        return run;
    }

    private void page(Secret secret) {
        OtherRun run = run(secret.getMetadata());
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        Set<Integer> numbers = new HashSet<>();
        data.forEach((number, entry) -> {
            String json = new String(Base64.getDecoder().decode(entry), StandardCharsets.UTF_8);
            Undo undo =
                    Line.read(json, "Secret " + secret.getMetadata().getName()).undo();
            if (undo != null) {
                numbers.add(Integer.valueOf(number));
                run.has(Integer.parseInt(number), undo);
            }
        });
        run.has(new OtherRun.Page(
                secret.getMetadata().getNamespace(), secret.getMetadata().getName(), numbers));
    }
}
