package dev.plumbline.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Guard;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.SimulatedCluster;
import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.Mask;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Law 5, seen from the wire: when a write leaves the client, its undo is in the journal already. */
class LedgerBeforeWriteTest {

    private final SimulatedCluster cluster =
            new SimulatedCluster(List.of(), Instant.parse("2026-01-01T00:00:00Z"), Set.of());
    private final Set<String> journal = new ConcurrentSkipListSet<>();
    private final ConcurrentLinkedQueue<String> writes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> unannounced = new ConcurrentLinkedQueue<>();
    private final KubernetesClient watched = new KubernetesClientBuilder()
            .withConfig(cluster.client().getConfiguration())
            .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("wire", new Wire()))
            .build();
    private final Target target = watched(cluster);
    private final Ledger ledger = new Ledger(Optional.empty(), List.of(new Noted()), Optional.empty());
    private final ApplyManifests apply = new ApplyManifests(target, ledger, "run");
    private final ChangeObject change = new ChangeObject(target, ledger);
    private Clock.Presence presence;

    private final class Wire implements Interceptor {
        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            String path = request.uri().getRawPath();
            if (!Guard.reads(request.method(), path)) {
                writes.add(request.method() + " " + path);
                if (journal.stream().noneMatch(path::contains)) {
                    unannounced.add(request.method() + " " + path);
                }
            }
        }
    }

    /** Keeps the part of the path that an entry is about. */
    private final class Noted implements Journal {
        @Override
        public void write(int number, Undo undo) {
            journal.add(
                    undo instanceof Undo.Unsend unsend
                            ? unsend.path()
                            : undo.object()
                                    .map(ref -> ref.kind().plural() + "/" + ref.name())
                                    .orElseThrow());
        }

        @Override
        public void retain(Set<Integer> numbers) {
            journal.clear();
        }

        @Override
        public void keep() {
            journal.clear();
        }
    }

    @BeforeEach
    void enter() {
        presence = cluster.clock().enter();
    }

    @AfterEach
    void leave() {
        presence.close();
        watched.close();
        cluster.close();
    }

    @Test
    void noWriteLeavesBeforeItsUndoIsInTheJournal() throws InterruptedException {
        cluster.client().resource(map("before", "blue")).create();
        cluster.client().resource(map("going", "blue")).create();
        cluster.client().resource(map("changed", "blue")).create();

        apply.apply(List.of(object("v1", "Namespace", "own"), map("made", "green"), map("before", "green")));
        change.set(ref("changed"), FieldPath.parse(".data.color"), "red");
        change.delete(ref("going"));
        new RandomSecret(target, apply, new Mask()).make("default", "credentials", List.of("password"));
        new VeleroTasks(target, ledger, apply, "velero").lose("own");
        Throwable noQdrant =
                catchThrowable(() -> new QdrantWrite(target, ledger, "default", "qdrant", 6333).fill("points", 1));

        assertThat(noQdrant).isNotNull();
        assertThat(new TreeSet<>(writes))
                .hasSize(8)
                .anyMatch(write -> write.startsWith("PATCH"))
                .anyMatch(write -> write.startsWith("DELETE"))
                .anyMatch(write -> write.contains("proxy"));
        assertThat(unannounced).isEmpty();
    }

    private Target watched(SimulatedCluster real) {
        return (Target) Proxy.newProxyInstance(
                Target.class.getClassLoader(), new Class<?>[] {Target.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("client")) {
                        return watched;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private ObjectRef ref(String name) {
        return new ObjectRef(cluster.kinds().named("ConfigMap"), "default", name);
    }

    private static GenericKubernetesResource object(String apiVersion, String kind, String name) {
        return Serialization.unmarshal(
                "apiVersion: %s\nkind: %s\nmetadata: {name: %s}".formatted(apiVersion, kind, name),
                GenericKubernetesResource.class);
    }

    private static GenericKubernetesResource map(String name, String color) {
        return Serialization.unmarshal(
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s, namespace: default}\ndata: {color: %s}"
                        .formatted(name, color),
                GenericKubernetesResource.class);
    }
}
