package dev.plumbline.gitops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a kustomization changes in all of its objects, in kustomize's order. */
final class Transformations {
    private static final Set<String> NOT_RENAMED = Set.of("CustomResourceDefinition", "APIService", "Namespace");
    private static final Set<String> SCALED =
            Set.of("Deployment", "ReplicationController", "ReplicaSet", "StatefulSet");

    private Transformations() {}

    static void apply(Settings settings, List<Resource> resources) throws KustomizeException {
        if (settings.has("namespace")) {
            String namespace = settings.needed("namespace");
            resources.forEach(it -> namespace(it, namespace));
        }
        String prefix = settings.text("namePrefix").orElse("");
        String suffix = settings.text("nameSuffix").orElse("");
        for (Resource resource : resources) {
            if (!NOT_RENAMED.contains(resource.kind())) {
                resource.remember();
                resource.rename(prefix + resource.name() + suffix);
            }
        }
        labels(settings, resources);
        Map<String, String> annotations = settings.pairs("commonAnnotations");
        if (!annotations.isEmpty()) {
            write(FieldSpec.ANNOTATIONS, annotations, resources);
        }
    }

    /** What kustomize does after its legacy JSON patches. */
    static void applyLast(Settings settings, List<Resource> resources) throws KustomizeException {
        replicas(settings, resources);
        for (Settings image : settings.parts("images")) {
            image.only(Set.of("name", "newName", "newTag", "digest"));
            ImageChange change = ImageChange.read(image);
            for (Resource resource : resources) {
                if (!resource.kind().equals("CustomResourceDefinition")) {
                    change.apply(resource.object());
                }
            }
        }
    }

    private static void namespace(Resource resource, String namespace) {
        resource.remember();
        if (!resource.clusterWide()) {
            resource.metadata().put("namespace", namespace);
        }
        switch (resource.kind()) {
            case "Namespace" -> {
                if (resource.identity().apiVersion().equals("v1")) {
                    resource.rename(namespace);
                }
            }
            case "RoleBinding", "ClusterRoleBinding" -> {
                for (Object subject : Fields.asList(resource.object().get("subjects"))) {
                    if ("default".equals(Fields.asMap(subject).get("name"))) {
                        Fields.asMap(subject).put("namespace", namespace);
                    }
                }
            }
            case "CustomResourceDefinition" ->
                Fields.find(resource.object(), "spec", "conversion", "webhook", "clientConfig", "service")
                        .ifPresent(it -> it.put("namespace", namespace));
            case "APIService" ->
                Fields.find(resource.object(), "spec", "service").ifPresent(it -> it.put("namespace", namespace));
            default -> {}
        }
    }

    private static void labels(Settings settings, List<Resource> resources) throws KustomizeException {
        for (Settings label : settings.parts("labels")) {
            label.only(Set.of("pairs", "includeSelectors", "includeTemplates"));
            List<FieldSpec> places = new ArrayList<>(List.of(FieldSpec.LABELS));
            if (label.flag("includeSelectors")) {
                places.addAll(FieldSpec.SELECTORS);
            }
            if (label.flag("includeSelectors") | label.flag("includeTemplates")) {
                places.addAll(FieldSpec.TEMPLATE_LABELS);
            }
            write(places, label.pairs("pairs"), resources);
        }
        Map<String, String> common = settings.pairs("commonLabels");
        if (!common.isEmpty()) {
            List<FieldSpec> places = new ArrayList<>(List.of(FieldSpec.LABELS));
            places.addAll(FieldSpec.SELECTORS);
            places.addAll(FieldSpec.TEMPLATE_LABELS);
            write(places, common, resources);
        }
    }

    private static void write(List<FieldSpec> places, Map<String, String> pairs, List<Resource> resources) {
        for (Resource resource : resources) {
            places.forEach(it -> it.write(resource, pairs));
        }
    }

    private static void replicas(Settings settings, List<Resource> resources) throws KustomizeException {
        for (Settings replica : settings.parts("replicas")) {
            replica.only(Set.of("name", "count"));
            String name = replica.needed("name");
            int count = replica.number("count");
            List<Resource> scaled = resources.stream()
                    .filter(it -> SCALED.contains(it.kind())
                            && it.wasEver(identity -> identity.name().equals(name)))
                    .toList();
            if (scaled.isEmpty()) {
                throw replica.error("name", "replicas: there is no workload \"" + name + "\"");
            }
            scaled.forEach(it -> Fields.child(it.object(), "spec").put("replicas", count));
        }
    }
}
