package dev.plumbline.simulation.system.flux;

import dev.plumbline.gitops.Credentials;
import dev.plumbline.gitops.GitException;
import dev.plumbline.gitops.RemoteRepository;
import dev.plumbline.gitops.Snapshot;
import dev.plumbline.simulation.ClusterState;
import dev.plumbline.simulation.system.GoDuration;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The repository and the reference that a GitRepository names.
 *
 * @param ref as Git says it: a branch, a full name or a commit
 * @param label what stands before the {@code @} of a revision, empty for a bare commit
 */
record GitSource(RemoteRepository repository, String ref, String label) {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final List<String> NOT_SIMULATED =
            List.of("ignore", "include", "verify", "proxySecretRef", "sparseCheckout", "serviceAccountName");
    /** What an artifact leaves out unless told otherwise. */
    private static final Pattern EXCLUDED =
            Pattern.compile("(?:^|.*/)(?:\\.git|\\.gitignore|\\.gitmodules|\\.gitattributes"
                    + "|\\.github|\\.circleci|\\.travis\\.yml|\\.gitlab-ci\\.yml|appveyor\\.yml|\\.drone\\.yml|cloudbuild\\.yaml"
                    + "|codeship-services\\.yml|codeship-steps\\.yml|\\.goreleaser\\.yml|\\.sops\\.yaml|\\.flux\\.yaml)(?:/.*)?$"
                    + "|.*\\.(?:jpg|jpeg|gif|png|wmv|flv|tar\\.gz|zip)$");

    static GitSource of(GenericKubernetesResource object, ClusterState state) throws Unusable {
        Map<String, Object> spec = object.get("spec");
        Optional<String> strange =
                NOT_SIMULATED.stream().filter(spec::containsKey).findFirst();
        if (strange.isPresent()) {
            throw new Unusable("NotSimulated", "not simulated: spec." + strange.get());
        }
        String timeout = object.get("spec", "timeout");
        RemoteRepository repository = new RemoteRepository(
                String.valueOf(spec.get("url")),
                credentials(object, state),
                timeout == null ? TIMEOUT : GoDuration.parse(timeout));
        return reference(object, repository);
    }

    private static GitSource reference(GenericKubernetesResource object, RemoteRepository repository) throws Unusable {
        Object branch = part(object, "branch");
        if (part(object, "commit") instanceof String commit) {
            return new GitSource(repository, commit, branch == null ? "" : branch.toString());
        }
        if (part(object, "name") instanceof String name) {
            return new GitSource(repository, name, name);
        }
        if (part(object, "semver") != null) {
            throw new Unusable("NotSimulated", "not simulated: spec.ref.semver");
        }
        if (part(object, "tag") instanceof String tag) {
            return new GitSource(repository, "refs/tags/" + tag, tag);
        }
        String name = branch == null ? "master" : branch.toString();
        return new GitSource(repository, name, name);
    }

    private static @Nullable Object part(GenericKubernetesResource object, String name) {
        return object.get("spec", "ref", name);
    }

    private static Optional<Credentials> credentials(GenericKubernetesResource object, ClusterState state)
            throws Unusable {
        String name = object.get("spec", "secretRef", "name");
        if (name == null) {
            return Optional.empty();
        }
        String namespace = object.getMetadata().getNamespace();
        Secret secret = state.get(Secret.class, namespace, name)
                .orElseThrow(() -> new Unusable(
                        "AuthenticationFailed",
                        "failed to get secret '" + namespace + "/" + name + "': secrets \"" + name + "\" not found"));
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        if (!data.containsKey("username") || !data.containsKey("password")) {
            return Optional.empty();
        }
        return Optional.of(new Credentials(decode(data, "username"), decode(data, "password")));
    }

    private static String decode(Map<String, String> data, String key) {
        return new String(Base64.getDecoder().decode(data.getOrDefault(key, "")), StandardCharsets.UTF_8);
    }

    /** The commit that the reference points to now. */
    String head() throws GitException {
        return ref.matches("[0-9a-f]{40}") ? ref : repository.head(ref);
    }

    Snapshot fetch(String commit) throws GitException {
        Snapshot whole = repository.fetch(commit);
        SortedMap<String, byte[]> files = new TreeMap<>(whole.files());
        files.keySet().removeIf(path -> EXCLUDED.matcher(path).matches());
        return new Snapshot(commit, Collections.unmodifiableSortedMap(files));
    }

    String revision(String commit) {
        return (label.isEmpty() ? "" : label + "@") + "sha1:" + commit;
    }

    /** The object cannot be worked on as it stands. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Unusable(String reason, String message) {
            super(message);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
