package dev.plumbline.policy;

import io.fabric8.kubernetes.api.Pluralize;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the API calls a kind, found out without a server: from the captured schemas, and from the CustomResourceDefinitions
 * among some manifests. A resource is written as RBAC writes it, {@code deployments.apps}.
 */
public final class KnownKinds {

    private static final Set<String> OF_THE_CLUSTER = Set.of(
            "APIService CSIDriver CSINode CertificateSigningRequest ClusterRole ClusterRoleBinding CustomResourceDefinition"
                    .concat(
                            " DeviceClass FlowSchema IPAddress IngressClass MutatingWebhookConfiguration Namespace Node")
                    .concat(" PersistentVolume PriorityClass PriorityLevelConfiguration ResourceSlice RuntimeClass")
                    .concat(" ServiceCIDR StorageClass ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding")
                    .concat(" ValidatingWebhookConfiguration VolumeAttachment")
                    .split(" "));

    private final Schemas schemas = new Schemas();
    private final Map<String, String> defined = new HashMap<>();

    /** @param manifests whose CustomResourceDefinitions are kinds, too */
    public KnownKinds(List<Manifest> manifests) {
        manifests.stream()
                .filter(manifest -> manifest.kind().equals("CustomResourceDefinition"))
                .map(manifest -> Manifest.map(manifest.object().get("spec")))
                .forEach(spec -> {
                    Map<String, Object> names = Manifest.map(spec.get("names"));
                    defined.put(text(names.get("kind")), text(names.get("plural")) + "." + text(spec.get("group")));
                });
    }

    /** Whether objects of the kind stand in no namespace. Of a custom kind that is not known, and false. */
    public static boolean ofTheCluster(String kind) {
        return OF_THE_CLUSTER.contains(kind);
    }

    private static String text(@org.jspecify.annotations.Nullable Object value) {
        return String.valueOf(value);
    }

    /** The resource of a kind as manifests say it, group and kind. */
    public String resource(String group, String kind) {
        String known = defined.get(kind);
        if (known != null && known.endsWith("." + group)) {
            return known;
        }
        String plural = Pluralize.toPlural(kind.toLowerCase(Locale.ROOT));
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** The resource of a kind as steps say it: {@code Deployment}, {@code Kustomization.kustomize.toolkit.fluxcd.io}. */
    public Optional<String> resource(String word) {
        int dot = word.indexOf('.');
        if (dot > 0) {
            String group = word.substring(dot + 1);
            return Optional.of(resource(group.equals("core") ? "" : group, word.substring(0, dot)));
        }
        return Optional.ofNullable(defined.get(word))
                .or(() -> schemas.groupOf(word).map(group -> resource(group, word)));
    }
}
