package dev.plumbline.action;

import dev.plumbline.cluster.Target;
import dev.plumbline.gitops.Credentials;
import dev.plumbline.gitops.GitRepository;
import dev.plumbline.timing.Mutex;
import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.NotMet;
import dev.plumbline.verdict.NotTried;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings a document's manifests in as GitOps does: into a repository that Flux follows. Where Flux cannot be had they are
 * applied, part by part, and whoever judges Flux itself is told why that is not possible. Each document is delivered
 * once, however many scenarios ask for it.
 */
public final class GitDelivery implements AutoCloseable {

    private final Target target;
    private final ApplyManifests apply;
    private final FluxInstall flux;
    private final FluxReadiness readiness;
    private final GitHost git;
    private final Ledger ledger;
    private final Mutex mutex;
    private final Map<String, Delivered> delivered = new ConcurrentHashMap<>();
    private final Map<String, NotMeasured> failures = new HashMap<>();
    private volatile @Nullable String withoutFlux;
    private boolean fluxTried;

    public GitDelivery(Target target, Ledger ledger, String runId, FluxInstall flux) {
        this.target = target;
        this.apply = new ApplyManifests(target, ledger, runId);
        this.flux = flux;
        this.readiness = new FluxReadiness(target);
        this.git = new GitHost(target);
        this.ledger = ledger;
        this.mutex = new Mutex(target.clock());
    }

    /**
     * Delivers {@code manifests/<name>}; the next callers get the same delivery.
     *
     * @throws NotTried blocked, when there is no such directory
     */
    public Delivered deliver(String name, Path directory) throws InterruptedException {
        try (Mutex.Held alone = mutex.enter()) {
            return delivered(name, directory);
        }
    }

    private Delivered delivered(String name, Path directory) throws InterruptedException {
        Delivered before = delivered.get(name);
        if (before != null) {
            return before;
        }
        NotMeasured failed = failures.get(name);
        if (failed != null) {
            throw failed;
        }
        try {
            Delivered now = bringIn(name, directory);
            delivered.put(name, now);
            return now;
        } catch (NotMet | NotMeasured e) {
            // The next scenario would wait as long for the same end.
            failures.put(
                    name,
                    new NotMeasured(
                            "the manifests of " + name + " could not be deployed: " + e.getMessage(),
                            e,
                            ((Concern.Stated) e).concern()));
            throw e;
        }
    }

    private Delivered bringIn(String name, Path directory) throws InterruptedException {
        if (!Files.isDirectory(directory)) {
            throw NotTried.blocked("there are no manifests in " + directory + ", name their parent with --manifests");
        }
        SortedMap<String, byte[]> all = RepositoryFiles.read(directory);
        SortedMap<String, byte[]> files = RepositoryFiles.main(all);
        List<GenericKubernetesResource> first = FluxSync.objects(files);
        Map<String, GitRepository> others = new LinkedHashMap<>();
        RepositoryFiles.others(all).forEach((other, content) -> others.put(other, commit(other, content)));
        GitRepository repository = commit(name, files);
        DeclaredState declared = new DeclaredState(repository, others, FluxSync.entryPoint(first));
        declared.parts();
        installFlux();
        if (withoutFlux == null) {
            follow(name, first, declared);
        } else {
            for (List<GenericKubernetesResource> part : declared.parts().values()) {
                apply.apply(part.stream()
                        .filter(object -> !DeclaredState.ofFlux(object))
                        .toList());
            }
        }
        return new Delivered(repository, others, declared, Optional.ofNullable(withoutFlux));
    }

    private GitRepository commit(String name, SortedMap<String, byte[]> files) {
        GitRepository repository = git.repository(name);
        repository.commit(
                files, Set.of(), "Manifests of " + name, target.clock().instant());
        return repository;
    }

    /** What has been delivered so far under this name. */
    public Optional<Delivered> delivered(String name) {
        return Optional.ofNullable(delivered.get(name));
    }

    /** {@code git}, {@code apply} or {@code none}: how manifests got in so far. */
    public String word() {
        if (delivered.isEmpty()) {
            return "none";
        }
        return withoutFlux == null ? "git" : "apply";
    }

    private void installFlux() throws InterruptedException {
        if (fluxTried) {
            return;
        }
        fluxTried = true;
        if (flux.missing().isPresent()) {
            withoutFlux = flux.missing().get();
            return;
        }
        apply.apply(flux.objects());
        withoutFlux = readiness.controllersMissing(flux.objects()).orElse(null);
    }

    private void follow(String name, List<GenericKubernetesResource> first, DeclaredState declared)
            throws InterruptedException {
        // Undone after the entry point: Flux has to take its parts back before it goes itself.
        ledger.noteFirst(new Undo.Unfollow(name));
        Map<String, String> sources = new LinkedHashMap<>();
        declared.sources().forEach((source, repository) -> sources.put(source, git.url(repository.name())));
        apply.apply(FluxSync.at(first, git.url(name), sources));
        readiness.awaitApplied(FluxSync.NAME, declared.commit());
        for (String part : declared.parts().keySet()) {
            if (!part.equals(FluxSync.NAME)) {
                readiness.awaitTried(part);
            }
        }
    }

    /**
     * A further repository that only these credentials may read, holding the same files as another.
     *
     * @return its address
     */
    public String makePrivate(String name, GitRepository from, Credentials credentials) {
        GitRepository repository = git.privateRepository(name, credentials);
        repository.commit(
                from.files(from.head().orElseThrow()),
                Set.of(),
                "The files of " + from.name(),
                target.clock().instant());
        return git.url(name);
    }

    /** Takes Flux off the cluster, as {@code flux uninstall} does; what it had applied stays. The next delivery installs it again. */
    public void uninstallFlux() throws InterruptedException {
        try (Mutex.Held alone = mutex.enter()) {
            // also when it ends halfway
            delivered.clear();
            fluxTried = false;
            new FluxUninstall(target).run(flux.objects());
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
