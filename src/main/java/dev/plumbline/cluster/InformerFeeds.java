package dev.plumbline.cluster;

import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Feeds over the API of a cluster. A kind is fed from its first use on, in all namespaces; where that is forbidden, in
 * the namespaces that are asked for. The objects handed out are shared: change copies of them only.
 */
public final class InformerFeeds implements Feeds {

    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration ANSWERS = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final Clock clock;
    private final Pulse pulse;
    private final Map<Scope, Feed> feeds = new HashMap<>();
    private final Map<Kind, Map<Object, Runnable>> listeners = new ConcurrentHashMap<>();

    /** @param clock the time that observations get */
    public InformerFeeds(KubernetesClient client, Clock clock) {
        this(client, clock, SILENCE, ANSWERS);
    }

    InformerFeeds(KubernetesClient client, Clock clock, Duration silence, Duration answers) {
        this.client = client;
        this.clock = clock;
        this.pulse = new Pulse(client, this::restart, silence, answers);
    }

    private void restart() {
        List<Feed> all;
        synchronized (feeds) {
            all = List.copyOf(feeds.values());
        }
        all.forEach(Feed::restart);
    }

    @Override
    public Observation<GenericKubernetesResource> get(ObjectRef ref) {
        Mirror.Key key = Mirror.Key.of(ref.namespace(), ref.name());
        Function<Mirror, Observation<GenericKubernetesResource>> read = mirror -> mirror.get(key)
                .<Observation<GenericKubernetesResource>>map(
                        object -> new Observation.Seen<>(object, ref.toString(), clock.instant()))
                .orElseGet(() -> new Observation.Absent<>(ref + " is not there", ref.toString(), clock.instant()));
        return look(ref.kind(), ref.namespace(), ref.toString(), read);
    }

    @Override
    public Observation<List<GenericKubernetesResource>> list(Kind kind, @Nullable String namespace) {
        String source = kind.plural() + (namespace == null ? "" : " in namespace \"" + namespace + "\"");
        return look(
                kind,
                namespace,
                source,
                mirror -> new Observation.Seen<>(mirror.list(namespace), source, clock.instant()));
    }

    private <T> Observation<T> look(
            Kind kind, @Nullable String namespace, String source, Function<Mirror, Observation<T>> read) {
        Feed feed = reachable(kind, namespace);
        Optional<String> trouble = pulse.trouble();
        if (trouble.isPresent()) {
            String why = "the API server cannot be reached: " + trouble.get();
            return new Observation.Unreachable<>(why, source, clock.instant());
        }
        Mirror.State state = feed.state();
        if (state instanceof Mirror.Live) {
            return read.apply(feed.mirror());
        }
        if (state instanceof Mirror.Failed failed) {
            return failed.code() == 404
                    ? new Observation.Absent<>("the server does not serve " + kind, source, clock.instant())
                    : new Observation.Unreachable<>(why(kind, namespace, failed), source, clock.instant());
        }
        return new Observation.Unreachable<>(
                "the API server did not answer in time about " + kind.plural(), source, clock.instant());
    }

    private static String why(Kind kind, @Nullable String namespace, Mirror.Failed failed) {
        String where = namespace == null ? "in all namespaces" : "in namespace \"" + namespace + "\"";
        return switch (failed.code()) {
            case 0 -> "the API server cannot be reached: " + failed.why();
            case 401 -> "the API server does not know us: " + failed.why();
            case 403 ->
                "no permission to list " + kind.plural() + ": the rights \"list\" and \"watch\" on " + kind.plural()
                        + (kind.group().isEmpty() ? "" : "." + kind.group()) + " are missing "
                        + (kind.namespaced() ? where : "at cluster scope");
            default -> "the API server answered " + failed.code() + ": " + failed.why();
        };
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
            feed = new Feed(client, scope.kind(), scope.namespace(), () -> tell(scope.kind()), pulse::sign);
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

    @Override
    public Probe.Subscription onChange(Kind kind, Runnable changed) {
        Object handle = new Object();
        Map<Object, Runnable> ofKind = listenersOf(kind);
        ofKind.put(handle, changed);
        feed(new Scope(kind, null));
        return () -> ofKind.remove(handle);
    }

    /**
     * Returns when every kind fed in all namespaces has been delivered up to a resource version, to looks and to
     * callbacks. The simulation settles a moment of virtual time with it; it normally takes a few milliseconds.
     *
     * @param newestResourceVersion of the last change of any object of the kind, its deletion included; 0 for none
     * @throws IllegalStateException when a feed does not get there within 10 seconds of wall time
     */
    @Override
    public void awaitSeen(ToLongFunction<Kind> newestResourceVersion) {
        Map<Scope, Feed> now;
        synchronized (feeds) {
            now = Map.copyOf(feeds);
        }
        now.forEach((scope, feed) -> {
            if (scope.namespace() == null) {
                feed.awaitSeen(scope.kind(), newestResourceVersion.applyAsLong(scope.kind()));
            }
        });
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
