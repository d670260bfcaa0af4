package dev.plumbline.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.RunOwner;
import dev.plumbline.simulation.SimulatedCluster;
import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.NotMeasured;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves behind on a cluster that outlives it: nothing. */
class UndoTest {

    private static final FieldPath COLOR = FieldPath.parse(".data.color");

    private final SimulatedCluster cluster =
            new SimulatedCluster(List.of(), Instant.parse("2026-01-01T00:00:00Z"), Set.of());
    private final Ledger ledger = new Ledger();
    private final ApplyManifests apply = new ApplyManifests(cluster, ledger, "run");
    private final ChangeObject change = new ChangeObject(cluster, ledger);
    private Clock.Presence presence;

    @BeforeEach
    void enter() {
        presence = cluster.clock().enter();
    }

    @AfterEach
    void leave() {
        presence.close();
        cluster.close();
    }

    @Test
    void aWriteThatWasRefusedLeavesNothingToTakeBack() throws InterruptedException {
        assertThatThrownBy(() -> apply.apply(List.of(settings("nowhere", "blue"))))
                .isInstanceOf(NotMeasured.class)
                .hasMessageContaining("nowhere");

        assertThat(ledger.undoAll(cluster)).isEmpty();
    }

    @Test
    void whatWasThereBeforeTheRunComesBackAsItWasThen() throws InterruptedException {
        cluster.client().resource(original()).create();

        apply.apply(List.of(settings("default", "green")));
        change.set(ref(), COLOR, "red");
        change.delete(ref());
        apply.apply(List.of(settings("default", "white")));

        assertThat(ledger.undoAll(cluster)).isEmpty();
        assertThat(now()).isNotNull().satisfies(map -> {
            assertThat(map.getData()).isEqualTo(Map.of("color", "blue"));
            assertThat(map.getMetadata().getLabels()).isNullOrEmpty();
        });
    }

    @Test
    void whatTheRunMadeGoesWhateverHappenedToItSince() throws InterruptedException {
        apply.apply(List.of(settings("default", "green")));
        change.set(ref(), COLOR, "red");
        change.delete(ref());

        assertThat(ledger.undoAll(cluster)).isEmpty();
        assertThat(now()).isNull();
    }

    @Test
    void whatWillNotGoIsNamed() throws InterruptedException {
        GenericKubernetesResource held = settings("default", "green");
        held.getMetadata().setFinalizers(List.of("example.com/never"));
        apply.apply(List.of(held));

        assertThat(ledger.undoAll(cluster))
                .singleElement()
                .asString()
                .contains("ConfigMap \"settings\"", "default", "example.com/never");
    }

    @Test
    void whatSomebodyElseChangedSinceStays() throws InterruptedException {
        cluster.client().resource(original()).create();
        change.set(ref(), COLOR, "red");
        change.set(ref(), FieldPath.parse(".data.size"), "large");
        cluster.client()
                .configMaps()
                .inNamespace("default")
                .withName("settings")
                .patch(somebodyElse(), "{\"data\":{\"color\":\"theirs\",\"shape\":\"round\"}}");

        assertThat(ledger.undoAll(cluster)).isEmpty();
        assertThat(now())
                .isNotNull()
                .satisfies(map -> assertThat(map.getData())
                        .as("size was ours alone; color they took over; shape they added")
                        .isEqualTo(Map.of("color", "theirs", "shape", "round")));
    }

    @Test
    void whatSomebodyElseMadeInThePlaceOfOursStays() throws InterruptedException {
        Ledger lasting = new Ledger(Optional.of(RunOwner.thisProcess("run")), List.of(), Optional.empty());
        new ApplyManifests(cluster, lasting, "run").apply(List.of(settings("default", "green")));
        cluster.client()
                .configMaps()
                .inNamespace("default")
                .withName("settings")
                .delete();
        cluster.client().resource(original()).create();

        assertThat(lasting.undoAll(cluster)).isEmpty();
        assertThat(now()).isNotNull().satisfies(map -> assertThat(map.getData()).containsEntry("color", "blue"));
    }

    @Test
    void anotherProcessCanTakeBackWhatAKilledOneNoted(@TempDir Path folder) throws Exception {
        RunOwner owner = RunOwner.thisProcess("run");
        Ledger killed =
                new Ledger(Optional.of(owner), List.of(new LocalJournal(folder, owner, "uid-1")), Optional.empty());
        cluster.client().resource(original()).create();
        cluster.client().resource(secret("precious")).create();
        new ChangeObject(cluster, killed).set(ref(), COLOR, "red");
        new ApplyManifests(cluster, killed, "run").apply(List.of(namespace("own")));
        new ChangeObject(cluster, killed)
                .set(
                        new ObjectRef(cluster.kinds().named("Secret"), "default", "login"),
                        FieldPath.parse(".data.password"),
                        "Zm9yZ290dGVu");
        Path file = folder.resolve("run.jsonl");
        Files.writeString(file, Files.readString(file) + "{\"number\":9,\"undo\":{\"un");

        assertThat(file).content().doesNotContain(secret("precious").getData().get("password"));
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        var found = LocalJournals.in(folder, unreadable -> {}).get(0);
        assertThat(found.cluster()).isEqualTo("uid-1");
        assertThat(found.owner()).isEqualTo(owner);
        assertThat(new TakeBack(cluster, Optional.of("run"))
                        .all(found.entries())
                        .values())
                .as("what the values of the Secret were is known to the cluster's journal alone")
                .singleElement()
                .asString()
                .contains("Secret \"login\"");
        assertThat(now()).isNotNull().satisfies(map -> assertThat(map.getData()).containsEntry("color", "blue"));
        assertThat(cluster.client().namespaces().withName("own").get()).isNull();
    }

    @Test
    void aJournalThatCannotBeReadIsNamedAndKeepsNoOtherFromBeingRead(@TempDir Path folder) throws Exception {
        RunOwner owner = RunOwner.thisProcess("run");
        new LocalJournal(folder, owner, "uid-1").write(1, new Undo.Remove(ref()));
        Files.writeString(
                folder.resolve("strange.jsonl"), "{\"number\":1,\"undo\":{\"undo\":\"of a later version\"}}\n");
        List<String> unreadable = new ArrayList<>();

        assertThat(LocalJournals.in(folder, unreadable::add)).hasSize(1);
        assertThat(unreadable).singleElement().asString().contains("strange.jsonl:1", "of a later version");
    }

    @Test
    void nothingOfAJournalRemainsWhenNothingIsLeftToBeDone(@TempDir Path folder) throws Exception {
        RunOwner owner = RunOwner.thisProcess("run");
        Ledger own =
                new Ledger(Optional.of(owner), List.of(new LocalJournal(folder, owner, "uid-1")), Optional.empty());
        new ApplyManifests(cluster, own, "run").apply(List.of(settings("default", "green")));
        assertThat(folder).isNotEmptyDirectory();

        assertThat(own.undoAll(cluster)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    private static PatchContext somebodyElse() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager("somebody")
                .build();
    }

    private static Secret secret(String password) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("login")
                .endMetadata()
                .addToData("password", Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static GenericKubernetesResource namespace(String name) {
        return Serialization.unmarshal(
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}".formatted(name),
                GenericKubernetesResource.class);
    }

    private @Nullable ConfigMap now() {
        return cluster.client()
                .configMaps()
                .inNamespace("default")
                .withName("settings")
                .get();
    }

    private ObjectRef ref() {
        return new ObjectRef(cluster.kinds().named("ConfigMap"), "default", "settings");
    }

    private static ConfigMap original() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("settings")
                .endMetadata()
                .addToData("color", "blue")
                .build();
    }

    private static GenericKubernetesResource settings(String namespace, String color) {
        return Serialization.unmarshal("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: %s}
                data: {color: %s}
                """.formatted(namespace, color), GenericKubernetesResource.class);
    }
}
