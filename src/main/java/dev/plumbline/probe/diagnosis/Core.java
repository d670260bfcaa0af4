package dev.plumbline.probe.diagnosis;

import dev.plumbline.cluster.Kind;

/** The kinds that every cluster serves and that a diagnosis looks at, so that it need not ask for them. */
final class Core {

    static final Kind NAMESPACE = new Kind("", "v1", "Namespace", "namespaces", false);
    static final Kind NODE = new Kind("", "v1", "Node", "nodes", false);
    static final Kind POD = new Kind("", "v1", "Pod", "pods", true);
    static final Kind SECRET = new Kind("", "v1", "Secret", "secrets", true);
    static final Kind EVENT = new Kind("", "v1", "Event", "events", true);
    static final Kind CLAIM = new Kind("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", true);
    static final Kind STORAGE_CLASS = new Kind("storage.k8s.io", "v1", "StorageClass", "storageclasses", false);
    static final Kind DEPLOYMENT = new Kind("apps", "v1", "Deployment", "deployments", true);
    static final Kind REPLICA_SET = new Kind("apps", "v1", "ReplicaSet", "replicasets", true);
    static final Kind STATEFUL_SET = new Kind("apps", "v1", "StatefulSet", "statefulsets", true);
    static final Kind DAEMON_SET = new Kind("apps", "v1", "DaemonSet", "daemonsets", true);
    static final Kind JOB = new Kind("batch", "v1", "Job", "jobs", true);

    private Core() {}
}
