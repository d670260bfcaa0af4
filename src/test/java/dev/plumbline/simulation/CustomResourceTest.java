package dev.plumbline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.cluster.Kind;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CustomResourceTest {

    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Widget, plural: widgets, shortNames: [wd]}
              versions:
              - name: v1
                served: true
                storage: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        required: [size]
                        properties:
                          size: {type: integer}
                          mode: {type: string, default: plain}
                      status: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """;
    private static final Kind WIDGET = new Kind("example.com", "v1", "Widget", "widgets", true);

    private final Bed bed = new Bed();

    @BeforeEach
    void define() {
        bed.apply(DEFINITION);
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private GenericKubernetesResource create(String name, Map<String, Object> spec) {
        GenericKubernetesResource widget = new GenericKubernetesResource();
        widget.setApiVersion("example.com/v1");
        widget.setKind("Widget");
        widget.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                .withName(name)
                .withNamespace("default")
                .build());
        widget.setAdditionalProperty("spec", spec);
        return bed.client.resource(widget).create();
    }

    @Test
    void isServedOnceItIsDefined() {
        assertThat(bed.cluster.kinds().named("Widget")).isEqualTo(WIDGET);
        GenericKubernetesResource made = create("a", Map.of("size", 1, "unknown", true));
        assertThat(made.<Object>get("spec", "mode")).isEqualTo("plain");
        assertThat(made.<Object>get("spec", "unknown")).isNull();
        assertThat(made.getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void isHeldAgainstItsSchema() {
        assertThatThrownBy(() -> create("a", Map.of("mode", "x")))
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(422);
                    assertThat(refused.getStatus().getMessage())
                            .isEqualTo("Widget.example.com \"a\" is invalid: spec.size: Required value");
                });
        assertThatThrownBy(() -> create("a", Map.of("size", "big"))).hasMessageContaining("must be of type integer");
    }

    @Test
    void hasAStatusOfItsOwn() {
        create("a", Map.of("size", 1));
        var handle = bed.client
                .genericKubernetesResources(WIDGET.context())
                .inNamespace("default")
                .withName("a");
        handle.editStatus(live -> {
            live.setAdditionalProperty("status", Map.of("phase", "Done"));
            return live;
        });
        assertThat(handle.get().<Object>get("status", "phase")).isEqualTo("Done");
        assertThat(handle.get().getMetadata().getGeneration()).isEqualTo(1);
    }

    /** In the foreground the definition stays until its garbage is collected, and goes by another write. */
    @ParameterizedTest
    @EnumSource(names = {"BACKGROUND", "FOREGROUND"})
    void goesWithItsDefinition(DeletionPropagation propagation) {
        create("a", Map.of("size", 1));
        bed.client
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("widgets.example.com")
                .withPropagationPolicy(propagation)
                .delete();
        bed.until(
                Duration.ofSeconds(10),
                () -> bed.client.raw("/apis/example.com/v1/namespaces/default/widgets") == null);
        define();
        assertThat(bed.client.raw("/apis/example.com/v1/namespaces/default/widgets"))
                .contains("\"items\":[]");
    }

    @Test
    void isWatched() throws InterruptedException {
        create("before", Map.of("size", 1));
        List<String> seen = new CopyOnWriteArrayList<>();
        CountDownLatch deleted = new CountDownLatch(1);
        Watcher<GenericKubernetesResource> watcher = new Watcher<>() {
            @Override
            public void eventReceived(Action action, GenericKubernetesResource widget) {
                seen.add(action + " " + widget.getMetadata().getName());
                if (action == Action.DELETED) {
                    deleted.countDown();
                }
            }

            @Override
            public void onClose(WatcherException cause) {}
        };
        try (var watch = bed.client
                .genericKubernetesResources(WIDGET.context())
                .inNamespace("default")
                .watch(watcher)) {
            assertThat(watch).isNotNull();
            create("a", Map.of("size", 1));
            bed.client
                    .genericKubernetesResources(WIDGET.context())
                    .inNamespace("default")
                    .withName("a")
                    .edit(live -> {
                        live.setAdditionalProperty("spec", Map.of("size", 2));
                        return live;
                    });
            bed.client
                    .genericKubernetesResources(WIDGET.context())
                    .inNamespace("default")
                    .withName("a")
                    .delete();
            assertThat(deleted.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(seen).contains("ADDED a", "MODIFIED a", "DELETED a");
    }
}
