package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the API server writes into fields that were left out, kind by kind. */
final class Defaults {

    private Defaults() {}

    static void fill(Resource resource, ObjectNode object) {
        if (resource.crd() != null) {
            return;
        }
        switch (resource.kind().kind()) {
            case "Deployment" -> deployment(Json.child(object, "spec"));
            case "ReplicaSet", "ReplicationController" -> put(Json.child(object, "spec"), "replicas", 1);
            case "StatefulSet" -> statefulSet(Json.child(object, "spec"));
            case "DaemonSet" -> daemonSet(Json.child(object, "spec"));
            case "Job" -> job(object);
            case "CronJob" -> cronJob(Json.child(object, "spec"));
            case "Pod" -> PodDefaults.fill(Json.child(object, "spec"));
            case "Service" -> ServiceDefaults.fill(Json.child(object, "spec"));
            case "PersistentVolumeClaim" -> claim(object);
            case "PersistentVolume" -> volume(object);
            case "Namespace" -> namespace(object);
            case "Secret" -> secret(object);
            case "StorageClass" -> storageClass(object);
            case "NetworkPolicy" -> networkPolicy(Json.child(object, "spec"));
            case "CustomResourceDefinition" -> CustomResourceDefinitions.fill(object);
            default -> {}
        }
        template(object);
    }

    private static void template(ObjectNode object) {
        if (Json.at(object, "spec", "template", "spec") instanceof ObjectNode pod) {
            PodDefaults.fill(pod);
        }
    }

    private static void deployment(ObjectNode spec) {
        put(spec, "replicas", 1);
        put(spec, "revisionHistoryLimit", 10);
        put(spec, "progressDeadlineSeconds", 600);
        ObjectNode strategy = Json.child(spec, "strategy");
        put(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            ObjectNode rolling = Json.child(strategy, "rollingUpdate");
            put(rolling, "maxSurge", "25%");
            put(rolling, "maxUnavailable", "25%");
        }
    }

    private static void statefulSet(ObjectNode spec) {
        put(spec, "replicas", 1);
        put(spec, "podManagementPolicy", "OrderedReady");
        put(spec, "revisionHistoryLimit", 10);
        ObjectNode strategy = Json.child(spec, "updateStrategy");
        put(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            put(Json.child(strategy, "rollingUpdate"), "partition", 0);
        }
        ObjectNode retention = Json.child(spec, "persistentVolumeClaimRetentionPolicy");
        put(retention, "whenDeleted", "Retain");
        put(retention, "whenScaled", "Retain");
        for (JsonNode claim : spec.path("volumeClaimTemplates")) {
            put((ObjectNode) claim, "apiVersion", "v1");
            put((ObjectNode) claim, "kind", "PersistentVolumeClaim");
            put(Json.child((ObjectNode) claim, "spec"), "volumeMode", "Filesystem");
            put(Json.child((ObjectNode) claim, "status"), "phase", "Pending");
        }
    }

    private static void daemonSet(ObjectNode spec) {
        put(spec, "revisionHistoryLimit", 10);
        ObjectNode strategy = Json.child(spec, "updateStrategy");
        put(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            ObjectNode rolling = Json.child(strategy, "rollingUpdate");
            put(rolling, "maxSurge", 0);
            put(rolling, "maxUnavailable", 1);
        }
    }

    private static void job(ObjectNode job) {
        ObjectNode spec = Json.child(job, "spec");
        jobSpec(spec);
        String uid = Json.text(job, "metadata", "uid");
        if (spec.path("manualSelector").asBoolean() || uid.isEmpty() || spec.has("selector")) {
            return;
        }
        Json.child(Json.child(spec, "selector"), "matchLabels").put("batch.kubernetes.io/controller-uid", uid);
        ObjectNode labels = Json.child(Json.child(Json.child(spec, "template"), "metadata"), "labels");
        for (String prefix : new String[] {"batch.kubernetes.io/", ""}) {
            labels.put(prefix + "controller-uid", uid);
            labels.put(prefix + "job-name", Json.name(job));
        }
    }

    private static void jobSpec(ObjectNode spec) {
        if (!spec.has("completions") && !spec.has("parallelism")) {
            spec.put("completions", 1);
        }
        put(spec, "parallelism", 1);
        put(spec, "backoffLimit", 6);
        put(spec, "completionMode", "NonIndexed");
        put(spec, "manualSelector", false);
        put(spec, "podReplacementPolicy", "TerminatingOrFailed");
        put(spec, "suspend", false);
    }

    private static void cronJob(ObjectNode spec) {
        put(spec, "concurrencyPolicy", "Allow");
        put(spec, "suspend", false);
        put(spec, "successfulJobsHistoryLimit", 3);
        put(spec, "failedJobsHistoryLimit", 1);
        if (Json.at(spec, "jobTemplate", "spec", "template", "spec") instanceof ObjectNode pod) {
            PodDefaults.fill(pod);
        }
    }

    private static void claim(ObjectNode claim) {
        put(Json.child(claim, "spec"), "volumeMode", "Filesystem");
        put(Json.child(claim, "status"), "phase", "Pending");
    }

    private static void volume(ObjectNode volume) {
        ObjectNode spec = Json.child(volume, "spec");
        put(spec, "volumeMode", "Filesystem");
        put(spec, "persistentVolumeReclaimPolicy", "Retain");
        put(Json.child(volume, "status"), "phase", "Pending");
    }

    private static void namespace(ObjectNode namespace) {
        Json.child(Json.metadata(namespace), "labels").put("kubernetes.io/metadata.name", Json.name(namespace));
        ObjectNode spec = Json.child(namespace, "spec");
        boolean fresh = !Json.metadata(namespace).has("deletionTimestamp");
        if (!spec.has("finalizers") && fresh) {
            spec.putArray("finalizers").add("kubernetes");
        }
        put(Json.child(namespace, "status"), "phase", "Active");
    }

    private static void secret(ObjectNode secret) {
        put(secret, "type", "Opaque");
        if (secret.remove("stringData") instanceof ObjectNode plain) {
            ObjectNode data = Json.child(secret, "data");
            plain.properties()
                    .forEach(field -> data.put(
                            field.getKey(),
                            java.util.Base64.getEncoder()
                                    .encodeToString(field.getValue()
                                            .asText()
                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        }
    }

    private static void storageClass(ObjectNode storageClass) {
        put(storageClass, "reclaimPolicy", "Delete");
        put(storageClass, "volumeBindingMode", "Immediate");
    }

    private static void networkPolicy(ObjectNode spec) {
        if (!spec.has("policyTypes")) {
            ArrayNode types = spec.putArray("policyTypes").add("Ingress");
            if (!spec.path("egress").isEmpty()) {
                types.add("Egress");
            }
        }
    }

    static void put(ObjectNode node, String field, String value) {
        if (Json.missing(node.get(field))) {
            node.put(field, value);
        }
    }

    static void put(ObjectNode node, String field, int value) {
        if (Json.missing(node.get(field))) {
            node.put(field, value);
        }
    }

    static void put(ObjectNode node, String field, boolean value) {
        if (Json.missing(node.get(field))) {
            node.put(field, value);
        }
    }
}
