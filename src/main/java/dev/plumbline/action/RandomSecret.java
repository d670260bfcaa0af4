package dev.plumbline.action;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.gitops.Credentials;
import dev.plumbline.verdict.Mask;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a Secret with random values; one that exists keeps its own, since something may already use them. */
public final class RandomSecret {

    private static final int BYTES = 18;

    private final Target target;
    private final ApplyManifests apply;
    private final Mask mask;
    private final SecureRandom random = new SecureRandom();

    public RandomSecret(Target target, ApplyManifests apply, Mask mask) {
        this.target = target;
        this.apply = apply;
        this.mask = mask;
    }

    public void make(String namespace, String name, List<String> keys) throws InterruptedException {
        ObjectRef ref = new ObjectRef(target.kinds().of("v1", "Secret"), namespace, name);
        boolean exists = target.client()
                        .secrets()
                        .inNamespace(ref.namespace())
                        .withName(ref.name())
                        .get()
                != null;
        if (!exists) {
            apply.apply(List.of(secret(namespace, name, keys)));
        }
    }

    /** Makes a Secret with a user and a random password, and returns them. */
    public Credentials credentials(String namespace, String name) throws InterruptedException {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        mask.secret(password);
        apply.apply(
                List.of(secret(namespace, name, Map.of("username", encoded("git"), "password", encoded(password)))));
        return new Credentials("git", password);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private GenericKubernetesResource secret(String namespace, String name, List<String> keys) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : keys) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            String value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            mask.secret(value);
            values.put(key, encoded(value));
        }
        return secret(namespace, name, values);
    }

    private static GenericKubernetesResource secret(String namespace, String name, Map<String, String> values) {
        GenericKubernetesResource secret = new GenericKubernetesResource();
        secret.setApiVersion("v1");
        secret.setKind("Secret");
        secret.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        secret.setAdditionalProperty("type", "Opaque");
        secret.setAdditionalProperty("data", values);
        return secret;
    }
}
