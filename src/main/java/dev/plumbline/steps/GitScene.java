package dev.plumbline.steps;

import dev.plumbline.action.DeclaredState;
import dev.plumbline.action.Delivered;
import dev.plumbline.gitops.GitRepository;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.NotTried;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the Git steps of one scenario tell each other: the delivery, the moment of the change, the commit. */
public final class GitScene {

    private @Nullable Delivered delivered;
    private String document = "";
    private @Nullable Instant changedAt;
    private @Nullable String commit;
    private final List<Committed> committed = new ArrayList<>();
    private final Map<GitRepository, String> before = new LinkedHashMap<>();

    /** A field that a commit set, of the object that the file declares. */
    record Committed(String kind, String name, String path, String value) {}

    void delivered(String name, Delivered now) {
        document = name;
        delivered = now;
    }

    /** The name under which the manifests were delivered. */
    String document() {
        delivered();
        return document;
    }

    /** @throws NotTried blocked, where the manifests came in without Flux: there is nothing to judge it by */
    Delivered byFlux() {
        Delivered now = delivered();
        now.withoutFlux().ifPresent(why -> {
            throw NotTried.blocked(why);
        });
        return now;
    }

    Delivered delivered() {
        if (delivered == null) {
            throw new NotMeasured("no manifests were deployed from Git before this step:"
                    + " begin with: Given the \"...\" manifests are deployed from Git");
        }
        return delivered;
    }

    DeclaredState.Owned owned(String kind, String namespace, String name) {
        return delivered()
                .declared()
                .find(kind, namespace, name)
                .orElseThrow(() -> new NotMeasured("Git declares no " + kind + " \"" + name + "\" in namespace \""
                        + namespace + "\", so its declared state cannot be compared"));
    }

    void changed(Instant at) {
        changedAt = at;
    }

    Instant changedAt() {
        if (changedAt == null) {
            throw new NotMeasured("nothing was changed before this step, so there is no moment to count from");
        }
        return changedAt;
    }

    /** Call before a commit: what the scenario commits is taken back at its end. */
    void commitsTo(GitRepository repository) {
        before.putIfAbsent(repository, repository.head().orElseThrow());
    }

    /** The repositories that the scenario committed to, with their heads before. */
    Map<GitRepository, String> before() {
        return before;
    }

    void committed(String sha, List<Committed> fields) {
        commit = sha;
        committed.addAll(fields);
    }

    String commit() {
        if (commit == null) {
            throw new NotMeasured("nothing was committed before this step");
        }
        return commit;
    }

    List<Committed> committed() {
        return List.copyOf(committed);
    }
}
