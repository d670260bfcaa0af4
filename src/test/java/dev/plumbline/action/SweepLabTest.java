package dev.plumbline.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Kubeconfig;
import dev.plumbline.cluster.KubeconfigTarget;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.RunOwner;
import dev.plumbline.lab.LabNode;
import dev.plumbline.lab.Node;
import dev.plumbline.profile.Profile;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep finds and undoes on a real API server when nothing but the cluster tells of a run, and what it explains. */
@ExtendWith(LabNode.class)
class SweepLabTest {

    private static final String THERE = "sweep-there";
    private static final String OWN = "sweep-own";

    /** A run of a machine whose processes cannot be looked at from here. */
    private final RunOwner elsewhere = new RunOwner("f00d", "elsewhere", 1, Instant.EPOCH);

    @TempDir
    private Path folder;

    private final KubernetesClient client;
    private final KubeconfigTarget target;
    private final ClusterJournal journal;

    SweepLabTest(Node node) throws InterruptedException {
        client = node.client();
        Profile profile = new Profile("p.yaml", Optional.of(node.uid()), Set.of(THERE), Map.of(), List.of());
        target = KubeconfigTarget.open(
                new Kubeconfig(node.kubeconfig(), Optional.empty()), List.of(profile), true, elsewhere.runId());
        journal = new ClusterJournal(target, elsewhere);
    }

    @BeforeEach
    void makeWhatIsThereBefore() {
        client.resource(object("v1", "Namespace", THERE)).createOr(there -> there.update());
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(THERE)
                        .withName("login")
                        .endMetadata()
                        .addToData("password", "cHJlY2lvdXM=")
                        .build())
                .createOr(there -> there.update());
    }

    @AfterEach
    void leaveTheNodeAsItWas() {
        client.configMaps()
                .inNamespace(OWN)
                .list()
                .getItems()
                .forEach(map -> client.resource(map).patch("{\"metadata\":{\"finalizers\":null}}"));
        client.namespaces().withName(OWN).delete();
        client.namespaces().withName(THERE).delete();
        client.namespaces().withName(OWN).waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
        client.namespaces().withName(THERE).waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
        target.close();
        client.close();
    }

    @Test
    void aRunOfAnotherMachineIsUndoneWhenItHasBeenSilentForLong() throws InterruptedException {
        changeAndMake();
        silent();
        journal.beat();

        assertThat(new Sweep(target, folder).sweep("another", false))
                .as("it may still be running")
                .isEqualTo(Sweep.Swept.NOTHING);

        silent();
        Sweep.Swept swept = new Sweep(target, folder).sweep("another", false);

        assertThat(swept.left()).isEmpty();
        assertThat(swept.unseen()).isEmpty();
        assertThat(swept.done())
                .anyMatch(line -> line.contains("Namespace \"" + OWN + "\"") && line.contains("f00d"))
                .anyMatch(line -> line.contains("Secret \"login\""));
        assertThat(client.secrets().inNamespace(THERE).list().getItems())
                .singleElement()
                .satisfies(secret -> assertThat(secret.getData()).containsEntry("password", "cHJlY2lvdXM="));
        assertThat(client.namespaces().withName(OWN).get()).isNull();
    }

    @Test
    void aNamespaceThatDoesNotGoIsExplained() throws InterruptedException {
        Ledger ledger = new Ledger();
        GenericKubernetesResource held = object("v1", "ConfigMap", "held");
        held.getMetadata().setNamespace(OWN);
        held.getMetadata().setFinalizers(List.of("kubernetes.io/pvc-protection"));
        List<ObjectRef> made = new ApplyManifests(target, ledger, elsewhere.runId())
                .apply(List.of(object("v1", "Namespace", OWN), held));
        SortedMap<Integer, Undo> entries = new TreeMap<>();
        made.forEach(ref -> entries.put(entries.size() + 1, new Undo.Remove(ref)));

        SortedMap<Integer, String> left =
                new TakeBack(target, Optional.of(elsewhere.runId()), Duration.ofSeconds(10)).all(entries);

        String why = "finalizer kubernetes.io/pvc-protection, to be removed by Kubernetes when no pod uses the claim";
        assertThat(left.get(1)).contains("Namespace \"" + OWN + "\"", "ConfigMap \"held\" is held by " + why);
        assertThat(left.get(2)).contains("ConfigMap \"held\"", "held by " + why);
    }

    @Test
    void whatIsKeptOnPurposeWaitsForASweep() throws InterruptedException {
        changeAndMake().forget();
        silent();

        assertThat(new Sweep(target, folder).sweep("the next run", false)).isEqualTo(Sweep.Swept.NOTHING);
        assertThat(new Sweep(target, folder).sweep("sweep", true).done()).hasSize(2);
    }

    private Ledger changeAndMake() throws InterruptedException {
        Ledger ledger = new Ledger(Optional.of(elsewhere), List.of(journal), Optional.empty());
        new ApplyManifests(target, ledger, elsewhere.runId()).apply(List.of(object("v1", "Namespace", OWN)));
        new ChangeObject(target, ledger)
                .set(
                        new ObjectRef(target.kinds().named("Secret"), THERE, "login"),
                        FieldPath.parse(".data.password"),
                        "Zm9yZ290dGVu");
        return ledger;
    }

    private void silent() {
        String since = "{\"metadata\":{\"annotations\":{\"plumbline.dev/alive\":\""
                + Instant.now().minus(Duration.ofMinutes(11)) + "\"}}}";
        client.namespaces().withName(OWN).patch(since);
        client.secrets().inNamespace(THERE).withName("plumbline-ledger-f00d").patch(since);
    }

    private static GenericKubernetesResource object(String apiVersion, String kind, String name) {
        return Serialization.unmarshal(
                "apiVersion: %s\nkind: %s\nmetadata: {name: %s}".formatted(apiVersion, kind, name),
                GenericKubernetesResource.class);
    }
}
