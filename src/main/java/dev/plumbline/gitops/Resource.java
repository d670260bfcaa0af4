package dev.plumbline.gitops;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One object on its way through the layers, with every identity that it had. */
final class Resource {
    private static final Set<String> CLUSTER_WIDE = Set.of(
            "APIService",
            "CSIDriver",
            "CSINode",
            "CertificateSigningRequest",
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "FlowSchema",
            "IngressClass",
            "MutatingWebhookConfiguration",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PriorityClass",
            "PriorityLevelConfiguration",
            "RuntimeClass",
            "StorageClass",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "VolumeAttachment");

    private final String origin;
    private Map<String, Object> object;
    private final List<Identity> earlier = new ArrayList<>();
    private final Set<Integer> layers = new HashSet<>();
    private boolean hashed;

    Resource(Map<String, Object> object, String origin) {
        this.origin = origin;
        this.object = object;
        remember();
    }

    /** What identifies an object; an empty namespace means "default". */
    record Identity(String apiVersion, String kind, String namespace, String name) {
        boolean same(Identity other) {
            return apiVersion.equals(other.apiVersion)
                    && kind.equals(other.kind)
                    && name.equals(other.name)
                    && (clusterWide(apiVersion, kind) || effective(namespace).equals(effective(other.namespace)));
        }

        static String effective(String namespace) {
            return namespace.isEmpty() ? "default" : namespace;
        }

        @Override
        public String toString() {
            return kind + " \"" + (namespace.isEmpty() ? "" : namespace + "/") + name + "\" (" + apiVersion + ")";
        }
    }

    static Identity identity(Map<String, Object> object) {
        Map<String, Object> metadata = Fields.asMap(object.get("metadata"));
        return new Identity(
                Fields.text(object, "apiVersion").orElse(""),
                Fields.text(object, "kind").orElse(""),
                Fields.text(metadata, "namespace").orElse(""),
                Fields.text(metadata, "name").orElse(""));
    }

    /** The file that holds it. */
    String origin() {
        return origin;
    }

    Map<String, Object> object() {
        return object;
    }

    void become(Map<String, Object> changed) {
        object = changed;
    }

    Identity identity() {
        return identity(object);
    }

    /** Keeps the present identity, so that patches and references still find the object after it is renamed. */
    void remember() {
        if (!earlier.contains(identity())) {
            earlier.add(identity());
        }
    }

    /** Notes that the object went through a layer. */
    void passed(int layer) {
        layers.add(layer);
    }

    /** In how many layers the two were together: the more, the likelier one means the other by a name. */
    int nearness(Resource other) {
        return (int) layers.stream().filter(other.layers::contains).count();
    }

    Identity first() {
        return earlier.get(0);
    }

    boolean wasEver(Predicate<Identity> wanted) {
        return wanted.test(identity()) || earlier.stream().anyMatch(wanted);
    }

    String kind() {
        return identity().kind();
    }

    String name() {
        return identity().name();
    }

    String group() {
        String version = identity().apiVersion();
        return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    boolean builtIn() {
        return builtIn(identity().apiVersion());
    }

    boolean clusterWide() {
        return clusterWide(identity().apiVersion(), kind());
    }

    void rename(String name) {
        metadata().put("name", name);
    }

    Map<String, Object> metadata() {
        return Fields.child(object, "metadata");
    }

    Optional<String> namespace() {
        return Fields.text(metadata(), "namespace");
    }

    /** Whether its name ends in a hash of its content. */
    boolean hashed() {
        return hashed;
    }

    void hash(boolean wanted) {
        hashed = wanted;
    }

    static boolean builtIn(String apiVersion) {
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        return !group.contains(".") || group.endsWith(".k8s.io");
    }

    private static boolean clusterWide(String apiVersion, String kind) {
        return builtIn(apiVersion) && CLUSTER_WIDE.contains(kind);
    }
}
