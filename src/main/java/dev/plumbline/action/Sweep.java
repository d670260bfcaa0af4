package dev.plumbline.action;

import dev.plumbline.cluster.Guard;
import dev.plumbline.cluster.KubeconfigTarget;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Undoes, in a cluster that outlives its runs, what those left whose process is gone. */
public final class Sweep {

    private final KubeconfigTarget target;
    private final Path folder;
    private final List<String> done = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    /** @param folder where this machine's runs keep their ledgers */
    public Sweep(KubeconfigTarget target, Path folder) {
        this.target = target;
        this.folder = folder;
    }

    /**
     * One line each.
     *
     * @param done what was taken back
     * @param left what could not be, and why
     * @param unseen where it could not look
     */
    public record Swept(List<String> done, List<String> left, List<String> unseen) {
        public static final Swept NOTHING = new Swept(List.of(), List.of(), List.of());

        public Swept {
            done = List.copyOf(done);
            left = List.copyOf(left);
            unseen = List.copyOf(unseen);
        }
    }

    /** What runs of this machine, whose process is gone, have left in clusters, one line each. Contacts none of them. */
    public static List<String> waiting(Path folder) {
        List<String> lines = new ArrayList<>();
        LocalJournals.in(folder, lines::add).stream()
                .filter(journal -> journal.owner().isGone(Duration.ZERO))
                .map(journal -> "what run " + journal.owner().runId()
                        + " wrote to the cluster whose kube-system has the UID " + journal.cluster()
                        + ": give --target kubeconfig --kubeconfig FILE --allow-writes for it")
                .forEach(lines::add);
        return lines;
    }

    /**
     * @param ownRun the run that asks; it is none of those that are gone
     * @param keptToo whether what --keep left on purpose goes, too
     */
    public Swept sweep(String ownRun, boolean keptToo) throws InterruptedException {
        OtherRuns runs = new OtherRuns(target, folder);
        List<String> unseen = new ArrayList<>();
        for (OtherRun run : runs.but(ownRun)) {
            if (!run.isOwned()) {
                unseen.add("run " + run.id()
                        + " does not say whose it is; remove by hand what carries its label: namespaces "
                        + run.namespaces());
            } else if (run.isDead(target.clock().instant()) && (keptToo || !run.kept())) {
                undo(run);
            }
        }
        unseen.addAll(runs.unseen());
        return new Swept(done, left, unseen);
    }

    private void undo(OtherRun run) throws InterruptedException {
        run.namespaces().forEach(this::adopt);
        SortedMap<Integer, Undo> undos = run.undos(target.kinds().of("v1", "Namespace"));
        SortedMap<Integer, String> remains = new TakeBack(target, Optional.of(run.id())).all(undos);
        undos.forEach((number, undo) -> {
            if (!remains.containsKey(number)) {
                done.add(undo.what() + ", of " + run);
            }
        });
        remains.values().forEach(line -> left.add(line + " (of " + run + ")"));
        forget(run, remains);
    }

    private void adopt(String namespace) {
        try {
            target.adopt(namespace);
        } catch (Guard.Refused e) {
            // it went in between
            return;
        }
    }

    private void forget(OtherRun run, SortedMap<Integer, String> remains) {
        for (OtherRun.Page page : run.pages()) {
            if (page.numbers().stream().noneMatch(remains::containsKey)) {
                try {
                    target.client()
                            .secrets()
                            .inNamespace(page.namespace())
                            .withName(page.name())
                            .delete();
                } catch (KubernetesClientException e) {
                    left.add("Secret \"" + page.name() + "\" in namespace \"" + page.namespace() + "\": "
                            + Refusals.message(e));
                }
            }
        }
        if (remains.isEmpty()) {
            run.file().ifPresent(Sweep::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(LocalJournal.fresh(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be removed; nothing that it holds is left to be done", e);
        }
    }
}
