package dev.plumbline.action;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;

/** Objects by which somebody tells Flux what to do. */
public final class FluxObjects {

    private static final FieldPath REQUESTED =
            FieldPath.parse(".metadata.annotations[\"reconcile.fluxcd.io/requestedAt\"]");

    private static final String TAKE_OVER = """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: "%s", namespace: flux-system}
            spec:
              interval: 2m
              retryInterval: 30s
              timeout: 60s
              path: "./%s"
              prune: true
              wait: true
              sourceRef: {kind: GitRepository, name: flux-system}
            """;

    private static final String SOURCE = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: "%s", namespace: flux-system}
            spec:
              interval: 1m
              timeout: 30s
              url: "%s"
              ref: {branch: main}
            """;

    private final Target target;
    private final ApplyManifests apply;
    private final ChangeObject change;

    public FluxObjects(Target target, Ledger ledger, String runId) {
        this.target = target;
        this.apply = new ApplyManifests(target, ledger, runId);
        this.change = new ChangeObject(target, ledger);
    }

    /** Asks for a reconciliation now, as {@code flux reconcile} does; returns what Flux answers with when it is done. */
    public String request(ObjectRef ref) {
        String token = target.now().toString();
        change.set(ref, REQUESTED, token);
        return token;
    }

    /** Lets Flux apply a directory of the main repository, under the directory's last name. */
    public void follow(String directory) throws InterruptedException {
        String name = directory.substring(directory.lastIndexOf('/') + 1);
        apply(TAKE_OVER.formatted(name, directory));
    }

    /** Lets Flux fetch a repository, with the credentials of a Secret if one is named. */
    public void source(String name, String url, Optional<String> secret) throws InterruptedException {
        String reference =
                secret.map(it -> "  secretRef: {name: \"" + it + "\"}\n").orElse("");
        apply(SOURCE.formatted(name, url) + reference);
    }

    private void apply(String yaml) throws InterruptedException {
        apply.apply(List.of(Serialization.unmarshal(yaml, GenericKubernetesResource.class)));
    }
}
