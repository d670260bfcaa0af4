package dev.plumbline.action;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks Velero for backups and restores, and makes the loss that a restore is to mend. */
public final class VeleroTasks {

    /** Long enough for a namespace with volumes to empty. */
    private static final Duration EMPTY = Duration.ofMinutes(2);

    private final Target target;
    private final ApplyManifests apply;
    private final Written written;
    private final String veleroNamespace;

    public VeleroTasks(Target target, Ledger ledger, ApplyManifests apply, String veleroNamespace) {
        this.target = target;
        this.apply = apply;
        this.written = new Written(target, ledger);
        this.veleroNamespace = veleroNamespace;
    }

    /** Asks for a backup of a namespace with the data of its volumes. */
    public void backup(String name, String namespace) throws InterruptedException {
        create("Backup", name, Map.of("includedNamespaces", List.of(namespace), "ttl", "24h0m0s"));
    }

    /** Asks for the restore of a backup. */
    public void restore(String name, String backup) throws InterruptedException {
        create("Restore", name, Map.of("backupName", backup));
    }

    /** Deletes a namespace and waits until it is gone with all that is in it. */
    public void lose(String namespace) throws InterruptedException {
        ObjectRef ref = new ObjectRef(target.kinds().of("v1", "Namespace"), null, namespace);
        var before = written.objects().read(ref);
        if (before.isPresent()) {
            written.write(
                    Written.undo(ref, before),
                    () -> written.objects().handle(ref).delete());
            written.awaitDeletionSeen(ref, before.get().getMetadata().getUid(), EMPTY, false);
        }
    }

    private void create(String kind, String name, Map<String, Object> spec) throws InterruptedException {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion("velero.io/v1");
        object.setKind(kind);
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(veleroNamespace)
                .withName(name)
                .build());
        object.setAdditionalProperty("spec", spec);
        apply.apply(List.of(object));
    }
}
