package dev.plumbline.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the mirror of one kind in one scope up to date by a list and a watch. It works on the HTTP client's threads:
 * mirror and listeners have both got an event before the next one is read.
 */
final class Feed {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BEFORE_REWATCH = Duration.ofMillis(20);
    private static final Duration BEFORE_RELIST = Duration.ofSeconds(1);

    private final ListWatch server;
    private final Runnable changed;
    private final Mirror mirror = new Mirror();

    /** Counts the starts: what an earlier one set off and that ends later is of no interest. */
    private final AtomicInteger round = new AtomicInteger();

    Feed(KubernetesClient client, Kind kind, @Nullable String namespace, Runnable changed, Runnable sign) {
        this.server = new ListWatch(client, kind, namespace, sign);
        this.changed = changed;
    }

    /** Lists, then watches; returns at once. */
    void start() {
        int mine = round.incrementAndGet();
        server.cancel();
        request(mine, server::list, list -> listed(mine, list));
    }

    private void listed(int mine, GenericKubernetesResourceList list) {
        mirror.replace(list.getItems(), list.getMetadata().getResourceVersion());
        changed.run();
        mirror.delivered();
        watch(mine);
    }

    private void watch(int mine) {
        Runnable opened = () -> become(new Mirror.Live());
        request(mine, () -> server.watch(mirror.resourceVersion(), opened, this::event), end -> {
            become(new Mirror.Starting());
            later(mine, BEFORE_REWATCH, () -> watch(mine));
        });
    }

    private void event(String type, GenericKubernetesResource object) {
        mirror.update(type, object);
        if (!type.equals("BOOKMARK")) {
            changed.run();
        }
        mirror.delivered();
    }

    private <T> void request(int mine, Supplier<CompletableFuture<T>> request, Consumer<T> then) {
        CompletableFuture<T> answer;
        try {
            answer = request.get();
        } catch (IllegalStateException clientIsClosed) {
            answer = CompletableFuture.failedFuture(clientIsClosed);
        }
        answer.thenAccept(value -> {
                    if (mine == round.get()) {
                        then.accept(value);
                    }
                })
                .exceptionally(failure -> {
                    if (mine == round.get()) {
                        failed(mine, failure instanceof CompletionException ? failure.getCause() : failure);
                    }
                    return null;
                });
    }

    private void failed(int mine, @Nullable Throwable failure) {
        boolean forgotten = failure instanceof ListWatch.Refused refused && refused.code() == 410;
        if (forgotten || failure instanceof TimeoutException) {
            restart();
            return;
        }
        int code = failure instanceof ListWatch.Refused refused ? refused.code() : 0;
        become(new Mirror.Failed(code, words(failure)));
        later(mine, BEFORE_RELIST, this::start);
    }

    /** Lists again; looks wait for it. */
    void restart() {
        become(new Mirror.Starting());
        start();
    }

    private static String words(@Nullable Throwable failure) {
        if (failure == null) {
            return "no reason given";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private void become(Mirror.State state) {
        mirror.become(state);
        changed.run();
    }

    private void later(int mine, Duration pause, Runnable work) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (mine == round.get()) {
                        work.run();
                    }
                });
    }

    /** Waits, bounded, for the first list or a watch that is being opened again. */
    Mirror.State state() {
        return mirror.settled(PATIENCE);
    }

    Mirror mirror() {
        return mirror;
    }

    /**
     * Waits in wall time until mirror and listeners have everything up to a resource version. A kind that was not served
     * when last asked is asked for again.
     *
     * @throws IllegalStateException when it does not come
     */
    void awaitSeen(Kind kind, long version) {
        if (state() instanceof Mirror.Failed failed) {
            if (failed.code() != 404 || version == 0) {
                return;
            }
            restart();
        }
        if (!mirror.seen(version, PATIENCE) && !Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("the feed of " + kind + " stands at resource version "
                    + mirror.resourceVersion() + ", the cluster at " + version + ", and no event came for " + PATIENCE);
        }
    }

    void close() {
        round.incrementAndGet();
        server.close();
    }
}
