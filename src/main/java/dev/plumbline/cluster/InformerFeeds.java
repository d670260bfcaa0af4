package dev.plumbline.cluster;

import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Recording;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Feeds over the API of a cluster. A kind is fed from its first use on, in all namespaces; where that is forbidden, in
 * the namespaces that are asked for. The objects handed out are shared: change copies of them only.
 */
public final class InformerFeeds implements Feeds {

    /** A wait of 60 seconds asks then, with the first list, the watch and the last question, four times. */
    private static final Duration LATELY = Duration.ofSeconds(35);

    /** What a wait begins with was true this short a time ago. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final Duration ANSWERS = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final Clock clock;
    private final Duration lately;
    private final Duration answers;
    private final Map<Scope, Feed> feeds = new HashMap<>();
    private final Map<Kind, Map<Object, Runnable>> listeners = new ConcurrentHashMap<>();

    /** @param clock the time that observations get */
    public InformerFeeds(KubernetesClient client, Clock clock) {
        this(client, clock, LATELY, ANSWERS);
    }

    /**
     * @param lately how long ago the server may have been asked whether the watch lost an event
     * @param answers how long it may take to say so
     */
    public InformerFeeds(KubernetesClient client, Clock clock, Duration lately, Duration answers) {
        this.client = client;
        this.clock = clock;
        this.lately = lately;
        this.answers = answers;
    }

    @Override
    public Observation<GenericKubernetesResource> get(ObjectRef ref) {
        return now(recording(reachable(ref.kind(), ref.namespace()), Sights.of(ref), null, lately, () -> {}));
    }

    @Override
    public Observation<List<GenericKubernetesResource>> list(Kind kind, @Nullable String namespace) {
        return now(recording(reachable(kind, namespace), Sights.of(kind, namespace), null, lately, () -> {}));
    }

    private static <T> Observation<T> now(Recording<T> recording) {
        try (recording) {
            List<Observation<T>> looks = recording.looks();
            return looks.get(looks.size() - 1);
        }
    }

    @Override
    public Recording<GenericKubernetesResource> record(ObjectRef ref, @Nullable Instant from, Runnable changed) {
        Feed feed = reachable(ref.kind(), ref.namespace());
        return recording(feed, Sights.of(ref), from, atFirst(), listen(ref.kind(), changed));
    }

    private <T> Recording<T> recording(
            Feed feed,
            FeedRecording.Sight<T> sight,
            @Nullable Instant from,
            Duration first,
            Probe.Subscription subscription) {
        return new FeedRecording<>(feed, sight, from, clock, first, lately, subscription::close);
    }

    private Duration atFirst() {
        return FRESH.compareTo(lately) < 0 ? FRESH : lately;
    }

    @Override
    public Observation<GenericKubernetesResource> once(ObjectRef ref) {
        boolean fed;
        synchronized (feeds) {
            fed = feeds.containsKey(new Scope(ref.kind(), null));
        }
        return fed ? get(ref) : asked(ref);
    }

    private Observation<GenericKubernetesResource> asked(ObjectRef ref) {
        return new ListWatch(client, ref.kind(), ref.namespace())
                .one(ref.name(), answers)
                .<Observation<GenericKubernetesResource>>map(
                        object -> new Observation.Seen<>(object, ref.toString(), clock.instant()))
                .orElseGet(() -> get(ref));
    }

    /** The feed of all namespaces or, where that one is forbidden, of the namespace alone. */
    private Feed reachable(Kind kind, @Nullable String namespace) {
        Feed everywhere = feed(new Scope(kind, null));
        boolean forbidden = everywhere.state() instanceof Mirror.Failed failed && failed.code() == 403;
        return forbidden && kind.namespaced() && namespace != null ? feed(new Scope(kind, namespace)) : everywhere;
    }

    private Feed feed(Scope scope) {
        Feed feed;
        synchronized (feeds) {
            Feed known = feeds.get(scope);
            if (known != null) {
                return known;
            }
            feed = new Feed(
                    new ListWatch(client, scope.kind(), scope.namespace()),
                    new Trouble(scope.kind(), scope.namespace()),
                    clock,
                    answers,
                    () -> tell(scope.kind()));
            feeds.put(scope, feed);
        }
        feed.start();
        return feed;
    }

    private void tell(Kind kind) {
        listenersOf(kind).values().forEach(Runnable::run);
    }

    private Map<Object, Runnable> listenersOf(Kind kind) {
        return listeners.computeIfAbsent(kind, any -> new ConcurrentHashMap<>());
    }

    private Probe.Subscription listen(Kind kind, Runnable changed) {
        Object handle = new Object();
        Map<Object, Runnable> ofKind = listenersOf(kind);
        ofKind.put(handle, changed);
        return () -> ofKind.remove(handle);
    }

    @Override
    public Probe.Subscription onChange(Kind kind, Runnable changed) {
        Probe.Subscription subscription = listen(kind, changed);
        feed(new Scope(kind, null));
        return subscription;
    }

    /**
     * Returns when every kind fed in all namespaces has been delivered up to a resource version, to looks and to
     * callbacks. The simulation settles a moment of virtual time with it; it normally takes a few milliseconds.
     *
     * @param newestResourceVersion of the last change of any object of the kind, its deletion included; 0 for none
     * @throws NotMeasured when the server tells no events and does not answer either
     */
    @Override
    public void awaitSeen(ToLongFunction<Kind> newestResourceVersion) {
        now().forEach((scope, feed) -> {
            if (scope.namespace() == null) {
                feed.awaitSeen(scope.kind(), newestResourceVersion.applyAsLong(scope.kind()));
            }
        });
    }

    @Override
    public void awaitSeen(ObjectRef ref, long resourceVersion) {
        now().forEach((scope, feed) -> {
            if (scope.kind().equals(ref.kind())
                    && (scope.namespace() == null || scope.namespace().equals(ref.namespace()))) {
                feed.awaitSeen(scope.kind(), resourceVersion);
            }
        });
    }

    private Map<Scope, Feed> now() {
        synchronized (feeds) {
            return Map.copyOf(feeds);
        }
    }

    @Override
    public void close() {
        synchronized (feeds) {
            feeds.values().forEach(Feed::close);
            feeds.clear();
        }
    }

    private record Scope(Kind kind, @Nullable String namespace) {}
}
