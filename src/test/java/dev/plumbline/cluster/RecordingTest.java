package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.timing.Throughout;
import dev.plumbline.timing.WallClock;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Recording;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waits on a feed: every state counts, no request is wasted, and a watch that goes deaf hides nothing. */
final class RecordingTest {

    private static final Kind CONFIG_MAP = new Kind("", "v1", "ConfigMap", "configmaps", true);
    private static final ObjectRef A = new ObjectRef(CONFIG_MAP, "shop", "a");

    /** A sixtieth of what runs: a wait of one second stands for one of a minute. */
    private static final Duration LATELY = Duration.ofMillis(333);

    private static final Limits SCALED = new Limits(Duration.ofMillis(10), LATELY);

    private final WallClock clock = new WallClock();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore recording = new Semaphore(0);
    private TinyApi api;
    private KubernetesClient client;
    private InformerFeeds feeds;

    @BeforeEach
    void start() throws IOException {
        api = new TinyApi();
        client = api.client();
        feeds = new InformerFeeds(client, clock, LATELY, Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        feeds.close();
        client.close();
        api.close();
    }

    @Test
    void aLateLookStillReadsEachStateThatCameAndWent() throws IOException {
        api.put("shop", "a", "1");
        try (Recording<GenericKubernetesResource> recording = feeds.record(A, null, () -> {})) {
            assertThat(values(recording)).containsExactly("1");
            api.put("shop", "a", "2");
            api.put("shop", "other", "9");
            api.put("shop", "a", "3");
            api.delete("shop", "a");
            long last = api.put("shop", "a", "4");
            feeds.awaitSeen(kind -> last);
            assertThat(values(recording)).containsExactly("2", "3", "absent", "4", "4");
        }
    }

    @Test
    void moreThanItKeepsIsAGap() throws IOException {
        api.put("shop", "a", "first");
        try (Recording<GenericKubernetesResource> recording = feeds.record(A, null, () -> {})) {
            recording.looks();
            long last = 0;
            for (int i = 0; i <= Journal.MOST; i++) {
                last = api.put("shop", "other", "" + i);
            }
            long newest = last;
            feeds.awaitSeen(kind -> newest);
            assertThat(values(recording))
                    .containsExactly("not observable: more than 500 changes came between two looks", "first");
        }
    }

    @Test
    void whatHeldForAMomentOnlyIsMetByAWaitAndBreaksAHold() throws Exception {
        api.put("shop", "a", "blue");
        Future<Judgement> becomes = eventually("red", Duration.ofSeconds(5));
        Future<Judgement> stays = throughout("blue", Duration.ofSeconds(5));
        recording.acquire(2);
        api.awaitWatch();
        api.putAtOnce("shop", "a", "red", "blue");
        assertThat(becomes.get().verdict()).isEqualTo(Verdict.PASS);
        assertThat(stays.get().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(stays.get().reason()).contains("was red after", "expected blue throughout");
    }

    @Test
    void whatWasBeforeTheQuestionIsAnsweredFromTheRecord() throws Exception {
        feeds.list(CONFIG_MAP, null);
        Instant begin = clock.instant();
        api.put("shop", "a", "pending");
        long last = api.put("shop", "a", "running");
        feeds.awaitSeen(kind -> last);
        assertThat(ever(begin, "pending").verdict()).isEqualTo(Verdict.PASS);
        assertThat(ever(begin, "failed").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(ever(clock.instant(), "pending").verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void whatWasNotRecordedMayHaveBeen() throws Exception {
        Instant begin = clock.instant();
        api.put("shop", "a", "pending");
        api.put("shop", "a", "running");
        Judgement judged = ever(begin, "pending");
        assertThat(judged.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judged.timeline().stretches().get(0).seen().toString()).contains("not recorded before");
    }

    @Test
    void aMinuteOfWaitingCostsFiveRequests() throws Exception {
        api.put("shop", "a", "blue");
        assertThat(throughout("blue", Duration.ofSeconds(1)).get().verdict()).isEqualTo(Verdict.PASS);
        assertThat(api.requests).hasSizeBetween(4, 5);
    }

    @Test
    void tenWaitsOnAKindShareOneListAndOneWatch() throws Exception {
        List<Future<Judgement>> waits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waits.add(eventually("blue", Duration.ofMillis(250)));
        }
        api.awaitWatch();
        assertThat(api.requests).hasSize(2);
        for (Future<Judgement> wait : waits) {
            assertThat(wait.get().verdict()).isEqualTo(Verdict.FAIL);
        }
        // and for the answer "never", the server was asked once more, for those who came in time for it
        assertThat(api.requests.stream().filter(request -> request.contains("watch=true")))
                .hasSize(1);
        assertThat(api.requests.size()).isLessThanOrEqualTo(5);
    }

    @Test
    void aWatchThatSwallowsEventsHidesNoChange() throws Exception {
        api.put("shop", "a", "blue");
        Future<Judgement> becomes = eventually("red", Duration.ofSeconds(20));
        Future<Judgement> stays = throughout("blue", Duration.ofSeconds(20));
        recording.acquire(2);
        api.awaitWatch();
        api.swallowEvents();
        api.put("shop", "a", "red");
        assertThat(becomes.get(10, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.PASS);
        assertThat(stays.get(10, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(becomes.get().timeline().hasGap()).isTrue();
        assertThat(becomes.get().reason()).contains("not observable for");
    }

    @Test
    void whatIsSaidAtTheEndIsAskedOfTheServer() throws Exception {
        InformerFeeds trusting = new InformerFeeds(client, clock, Duration.ofHours(1), Duration.ofSeconds(2));
        feeds = trusting;
        api.put("shop", "a", "blue");
        Future<Judgement> stays = throughout("blue", Duration.ofMillis(500));
        Future<Judgement> becomes = eventually("red", Duration.ofMillis(500));
        recording.acquire(2);
        api.awaitWatch();
        api.swallowEvents();
        api.put("shop", "a", "red");
        assertThat(stays.get().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(becomes.get().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    private Future<Judgement> eventually(String value, Duration limit) {
        return threads.submit(() -> new Eventually(clock, SCALED)
                .within(limit, new Value(feeds, recording::release), Expectation.equalTo(value)));
    }

    private Future<Judgement> throughout(String value, Duration span) {
        return threads.submit(() -> new Throughout(clock, SCALED)
                .lasting(span, new Value(feeds, recording::release), Expectation.equalTo(value)));
    }

    private Judgement ever(Instant from, String value) throws InterruptedException {
        return new Eventually(clock, SCALED)
                .ever(from, Duration.ofMillis(50), new Value(feeds), Expectation.equalTo(value));
    }

    private static List<String> values(Recording<GenericKubernetesResource> recording) {
        return recording.looks().stream()
                .map(RecordingTest::value)
                .map(seen -> seen instanceof Observation.Absent<?> ? "absent" : seen.toString())
                .toList();
    }

    static Observation<String> value(Observation<GenericKubernetesResource> seen) {
        return seen.map(object -> object.get("data", "k"));
    }

    /** @param begun is told of each recording once it takes in what happens */
    record Value(Feeds feeds, Runnable begun) implements Probe<String> {
        Value(Feeds feeds) {
            this(feeds, () -> {});
        }

        @Override
        public String subject() {
            return A.toString();
        }

        @Override
        public Observation<String> look() {
            return value(feeds.get(A));
        }

        @Override
        public Optional<Recording<String>> record(@Nullable Instant from, Runnable changed) {
            Recording<String> recording = feeds.record(A, from, changed).map(RecordingTest::value);
            begun.run();
            return Optional.of(recording);
        }
    }
}
