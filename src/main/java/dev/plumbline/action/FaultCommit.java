package dev.plumbline.action;

import dev.plumbline.action.Fault.NotLanded;
import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.Target;
import dev.plumbline.gitops.GitRepository;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A fault that is committed: it has landed when each Flux Kustomization that builds a changed file has tried it. */
final class FaultCommit {

    private static final Duration TRIED = Duration.ofMinutes(10);
    private static final FieldPath ATTEMPTED = FieldPath.parse(".status.lastAttemptedRevision");
    private static final FieldPath APPLIED = FieldPath.parse(".status.lastAppliedRevision");
    private static final FieldPath CONDITIONS = FieldPath.parse(".status.conditions");
    private static final FieldPath PATH = FieldPath.parse(".spec.path");

    private final Target target;

    FaultCommit(Target target) {
        this.target = target;
    }

    /**
     * A commit that was made.
     *
     * @param before what the files were
     */
    record Made(Fault fault, GitRepository repository, Map<String, Optional<byte[]>> before, String diff) {}

    /** Commits the changes and waits for Flux. */
    Made make(Fault fault, Delivered delivered) throws InterruptedException {
        delivered.withoutFlux().ifPresent(why -> {
            throw new NotLanded("nobody applies a commit here: " + why);
        });
        GitRepository repository = delivered.repository();
        Map<String, byte[]> files = repository.files(repository.head().orElseThrow());
        Map<String, Optional<byte[]>> before = new LinkedHashMap<>();
        Map<String, Optional<byte[]>> after = new LinkedHashMap<>();
        for (FileChange change : fault.files()) {
            String name = change.file();
            before.putIfAbsent(name, Optional.ofNullable(files.get(name)));
            after.put(name, change.apply(after.getOrDefault(name, before.get(name))));
        }
        StringBuilder landed = new StringBuilder();
        before.forEach((name, old) ->
                landed.append(FileChange.difference(name, old, after.getOrDefault(name, Optional.empty()))));
        push(repository, after, "Break: " + fault.name());
        return new Made(fault, repository, before, landed.toString());
    }

    /** Commits the files as they were and waits for Flux. */
    void mend(Made made) throws InterruptedException {
        push(made.repository(), made.before(), "Mend: " + made.fault().name());
    }

    private void push(GitRepository repository, Map<String, Optional<byte[]>> files, String message)
            throws InterruptedException {
        Map<String, byte[]> written = new LinkedHashMap<>();
        files.forEach((name, content) -> content.ifPresent(bytes -> written.put(name, bytes)));
        Map<String, byte[]> there = repository.files(repository.head().orElseThrow());
        Set<String> gone = files.keySet().stream()
                .filter(name -> !written.containsKey(name) && there.containsKey(name))
                .collect(Collectors.toSet());
        String commit = repository.commit(written, gone, message, target.clock().instant());
        Judgement judgement = new Eventually(target.clock(), Limits.DEFAULT)
                .within(TRIED, new Untried(files.keySet(), commit), new Expectation<>("none", List::isEmpty));
        if (judgement.verdict() != Verdict.PASS) {
            throw new NotLanded("Flux did not try the commit \"" + message + "\": " + judgement.reason());
        }
    }

    /** The Kustomizations that build one of the files and have not tried the commit. */
    private final class Untried implements Probe<List<String>> {

        private final Kind kind = target.kinds().named(FluxSync.SYNC_KIND);
        private final Set<String> files;
        private final String commit;

        Untried(Set<String> files, String commit) {
            this.files = files;
            this.commit = commit;
        }

        @Override
        public String subject() {
            return "Kustomizations that have not tried commit " + commit;
        }

        @Override
        public Observation<List<String>> look() {
            return target.feeds().list(kind, FluxSync.NAMESPACE).map(all -> {
                boolean known = all.stream().anyMatch(this::builds);
                return all.stream()
                        .filter(sync -> !known || builds(sync))
                        .filter(sync -> !tried(sync))
                        .map(sync -> sync.getMetadata().getName())
                        .toList();
            });
        }

        /** It is named as tried when the attempt begins, so the attempt must also have ended. */
        private boolean tried(GenericKubernetesResource sync) {
            boolean failed = text(sync, CONDITIONS).contains("status=False");
            return text(sync, ATTEMPTED).endsWith(commit)
                    && (failed || text(sync, APPLIED).endsWith(commit));
        }

        private boolean builds(GenericKubernetesResource sync) {
            String path = text(sync, PATH).replaceFirst("^\\./", "");
            String directory = path.isEmpty() || path.endsWith("/") ? path : path + "/";
            return files.stream().anyMatch(file -> file.startsWith(directory));
        }

        private static String text(GenericKubernetesResource object, FieldPath path) {
            return path.in(object.getAdditionalProperties())
                    .map(Object::toString)
                    .orElse("");
        }

        @Override
        public Optional<Subscription> onChange(Runnable changed) {
            return Optional.of(target.feeds().onChange(kind, changed));
        }
    }
}
