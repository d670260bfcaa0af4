package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.timing.WallClock;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class InformerFeedsTest {

    private static final Kind CONFIG_MAP = new Kind("", "v1", "ConfigMap", "configmaps", true);
    private static final ObjectRef A = new ObjectRef(CONFIG_MAP, "shop", "a");

    private TinyApi api;
    private KubernetesClient client;
    private InformerFeeds feeds;

    @BeforeEach
    void start() throws IOException {
        api = new TinyApi();
        client = api.client();
        feeds = new InformerFeeds(client, new WallClock());
    }

    @AfterEach
    void stop() {
        feeds.close();
        client.close();
        api.close();
    }

    @Test
    void seesWhatIsThereAndAnswersLaterLooksWithoutARequest() throws IOException {
        api.put("shop", "a", "1");
        assertThat(value(feeds.get(A))).isEqualTo("1");
        int asked = api.requests.size();
        for (int look = 0; look < 20; look++) {
            assertThat(feeds.get(A)).isInstanceOf(Observation.Seen.class);
            assertThat(feeds.list(CONFIG_MAP, "shop")).isInstanceOf(Observation.Seen.class);
        }
        assertThat(api.requests).hasSize(asked);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void saysWhatKindAnItemOfAListIs() throws IOException {
        api.put("shop", "a", "1");
        assertThat(((Observation.Seen<GenericKubernetesResource>) feeds.get(A)).value())
                .extracting(GenericKubernetesResource::getApiVersion, GenericKubernetesResource::getKind)
                .containsExactly("v1", "ConfigMap");
    }

    @Test
    void isAbsentUntilTheObjectComesAndAfterItWent() throws IOException {
        assertThat(feeds.get(A)).isInstanceOf(Observation.Absent.class);
        long created = api.put("shop", "a", "1");
        feeds.awaitSeen(kind -> created);
        assertThat(value(feeds.get(A))).isEqualTo("1");
        long deleted = api.delete("shop", "a");
        feeds.awaitSeen(kind -> deleted);
        assertThat(feeds.get(A)).isInstanceOf(Observation.Absent.class);
    }

    @Test
    void hasToldTheListenersWhenAwaitSeenReturns() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        feeds.list(CONFIG_MAP, null);
        var subscription = feeds.onChange(CONFIG_MAP, calls::incrementAndGet);
        for (int change = 1; change <= 50; change++) {
            int before = calls.get();
            long version = api.put("shop", "a", "" + change);
            feeds.awaitSeen(kind -> version);
            assertThat(calls.get()).isGreaterThan(before);
            assertThat(value(feeds.get(A))).isEqualTo("" + change);
        }
        subscription.close();
        int before = calls.get();
        long version = api.put("shop", "a", "last");
        feeds.awaitSeen(kind -> version);
        assertThat(calls).hasValue(before);
    }

    @Test
    void listsByNamespaceAndNameInOrder() throws IOException {
        api.put("shop-b", "x", "1");
        api.put("shop", "z", "1");
        api.put("shop", "y", "1");
        assertThat(names(feeds.list(CONFIG_MAP, null))).containsExactly("shop/y", "shop/z", "shop-b/x");
        assertThat(names(feeds.list(CONFIG_MAP, "shop-b"))).containsExactly("shop-b/x");
    }

    @Test
    void namesTheMissingRightAndFeedsTheNamespaceThatMayBeRead() throws IOException {
        api.refuses("/api/v1/configmaps", 403);
        api.put("shop", "a", "1");
        assertThat(feeds.list(CONFIG_MAP, null))
                .isInstanceOf(Observation.Unreachable.class)
                .asString()
                .contains("no permission to list configmaps", "\"watch\"", "in all namespaces");
        assertThat(value(feeds.get(A))).isEqualTo("1");
        api.refuses("/api/v1/namespaces/other/configmaps", 403);
        assertThat(feeds.list(CONFIG_MAP, "other")).asString().contains("no permission", "in namespace \"other\"");
    }

    @Test
    void seesAWriteOfItsOwnWhereOnlyTheNamespaceMayBeRead() throws IOException {
        api.refuses("/api/v1/configmaps", 403);
        feeds.get(A);
        for (int change = 1; change <= 50; change++) {
            feeds.awaitSeen(A, api.put("shop", "a", "" + change));
            assertThat(value(feeds.get(A))).isEqualTo("" + change);
        }
    }

    @Test
    void isAbsentWhileTheKindIsNotServed() {
        Kind custom = new Kind("example.org", "v1", "Widget", "widgets", true);
        assertThat(feeds.get(new ObjectRef(custom, "shop", "w")))
                .isInstanceOf(Observation.Absent.class)
                .hasToString("the server does not serve example.org/v1 Widget");
    }

    @Test
    void asksAgainForAKindThatCameLater() throws IOException {
        api.refuses("/api/v1/configmaps", 404);
        assertThat(feeds.get(A)).isInstanceOf(Observation.Absent.class);
        api.refuses("/api/v1/configmaps", 200);
        long version = api.put("shop", "a", "1");
        feeds.awaitSeen(kind -> version);
        assertThat(value(feeds.get(A))).isEqualTo("1");
    }

    @Test
    void isUnreachableWhileTheServerIsGoneAndFreshWhenItIsBack() throws Exception {
        api.put("shop", "a", "1");
        assertThat(feeds.get(A)).isInstanceOf(Observation.Seen.class);
        api.stop();
        assertThat(next(feeds, Observation.Unreachable.class)).contains("cannot be reached");
        api.put("shop", "a", "2");
        api.startAgain();
        next(feeds, Observation.Seen.class);
        assertThat(value(feeds.get(A))).isEqualTo("2");
    }

    @Test
    void doesNotTakeTheSilenceOfAServerThatHangsForAQuietCluster() throws Exception {
        api.put("shop", "a", "1");
        InformerFeeds wary = new InformerFeeds(client, new WallClock(), Duration.ZERO, Duration.ofMillis(300));
        assertThat(wary.get(A)).isInstanceOf(Observation.Seen.class);
        api.hang();
        assertThat(wary.get(A)).asString().contains("cannot be reached: it does not answer within 300 ms");
        api.goOn();
        api.put("shop", "a", "2");
        next(wary, Observation.Seen.class);
        assertThat(value(wary.get(A))).isEqualTo("2");
        wary.close();
    }

    @Test
    void asksTheServerWhenTheWatchDoesNotTellOfOurOwnWrite() throws Exception {
        InformerFeeds wary = new InformerFeeds(client, new WallClock(), Duration.ofMinutes(1), Duration.ofMillis(300));
        api.put("shop", "a", "1");
        wary.list(CONFIG_MAP, null);
        api.swallowEvents();
        long lost = api.put("shop", "a", "2");
        wary.awaitSeen(kind -> lost);
        assertThat(value(wary.get(A))).isEqualTo("2");

        api.swallowEvents();
        long written = api.put("shop", "a", "3");
        api.hang();
        assertThatThrownBy(() -> wary.awaitSeen(kind -> written))
                .isInstanceOf(NotMeasured.class)
                .hasMessageContainingAll("the write was accepted", "configmaps", "does not answer within 300 ms");
        assertThat(wary.get(A)).isInstanceOf(Observation.Unreachable.class);
        api.goOn();
        wary.close();
    }

    @Test
    void goesOnAfterTheServerEndedTheWatch() throws Exception {
        feeds.list(CONFIG_MAP, null);
        api.closeWatches();
        feeds.list(CONFIG_MAP, null);
        long version = api.put("shop", "a", "1");
        feeds.awaitSeen(kind -> version);
        assertThat(value(feeds.get(A))).isEqualTo("1");
    }

    @Test
    void listsAgainWhenTheServerForgotTheResourceVersion() throws Exception {
        api.put("shop", "a", "1");
        feeds.list(CONFIG_MAP, null);
        api.endWatches(410);
        long version = api.put("shop", "a", "2");
        feeds.awaitSeen(kind -> version);
        assertThat(value(feeds.get(A))).isEqualTo("2");
        assertThat(api.requests.stream().filter(request -> request.equals("GET /api/v1/configmaps")))
                .hasSize(2);
    }

    /** Looks at each change until an observation of this type comes. */
    private static String next(InformerFeeds feeds, Class<?> type) throws InterruptedException {
        Semaphore changes = new Semaphore(1);
        try (var subscription = feeds.onChange(CONFIG_MAP, changes::release)) {
            while (changes.tryAcquire(15, TimeUnit.SECONDS)) {
                Observation<?> seen = feeds.get(A);
                if (type.isInstance(seen)) {
                    return seen.toString();
                }
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " came");
    }

    private static String value(Observation<GenericKubernetesResource> seen) {
        assertThat(seen).isInstanceOf(Observation.Seen.class);
        return ((Observation.Seen<GenericKubernetesResource>) seen).value().get("data", "k");
    }

    private static List<String> names(Observation<List<GenericKubernetesResource>> seen) {
        return ((Observation.Seen<List<GenericKubernetesResource>>) seen)
                .value().stream()
                        .map(one -> one.getMetadata().getNamespace() + "/"
                                + one.getMetadata().getName())
                        .toList();
    }
}
