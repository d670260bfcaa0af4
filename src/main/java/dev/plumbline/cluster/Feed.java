package dev.plumbline.cluster;

import dev.plumbline.timing.Clock;
import dev.plumbline.timing.Stopwatch;
import dev.plumbline.verdict.NotMeasured;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the mirror of one kind in one scope up to date by a list and a watch. It works on the HTTP client's threads:
 * mirror and listeners have both got an event before the next one is read. An open watch that says nothing may be a quiet
 * cluster, a server that hangs or a watch that lost its events: who must know asks the server for the list again.
 */
final class Feed {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration UNDER_WAY = Duration.ofSeconds(1);
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final ListWatch server;
    private final Trouble trouble;
    private final Clock clock;
    private final Duration answers;
    private final Runnable changed;
    private final Mirror mirror = new Mirror();
    private final Pauses pauses = new Pauses();
    private final Object asking = new Object();

    /** Counts the starts: what an earlier one set off and that ends later is of no interest. */
    private final AtomicInteger round = new AtomicInteger();

    /** Runs since the list was sent that agreed last; null when none counts any more. */
    private volatile @Nullable Stopwatch proof;

    private volatile Instant proven;
    private volatile Instant sign;

    /** @param answers how long the server may take to say that nothing was lost */
    Feed(ListWatch server, Trouble trouble, Clock clock, Duration answers, Runnable changed) {
        this.server = server;
        this.trouble = trouble;
        this.clock = clock;
        this.answers = answers;
        this.changed = changed;
        this.proven = clock.instant();
        this.sign = proven;
    }

    /** Lists, then watches; returns at once. */
    void start() {
        int mine = round.incrementAndGet();
        server.cancel();
        Stopwatch sent = new Stopwatch();
        request(mine, server::list, list -> listed(list, sent), failure -> refused(mine, failure));
    }

    private void listed(GenericKubernetesResourceList list, Stopwatch sent) {
        mirror.replace(list.getItems(), list.getMetadata().getResourceVersion(), clock.instant(), proven);
        proof = sent;
        proven = clock.instant();
        sign = proven;
        changed.run();
        mirror.delivered();
        watch(round.get());
    }

    private void watch(int mine) {
        Stopwatch lived = new Stopwatch();
        Runnable opened = () -> {
            if (mine == round.get()) {
                lived.restart();
                become(new Mirror.Live());
            }
        };
        request(
                mine,
                () -> server.watch(mirror.resourceVersion(), opened, (type, object) -> event(mine, type, object)),
                end -> watchAgain(mine, lived),
                failure -> watchFailed(mine, lived, failure));
    }

    private void event(int mine, String type, GenericKubernetesResource object) {
        if (mine != round.get()) {
            return;
        }
        sign = clock.instant();
        mirror.update(type, object, sign);
        if (!type.equals("BOOKMARK")) {
            changed.run();
        }
        mirror.delivered();
    }

    /** The server keeps what came since the last event, so that a new watch misses nothing. */
    private void watchAgain(int mine, Stopwatch lived) {
        become(new Mirror.Starting());
        later(mine, pauses.after(lived), () -> watch(mine));
    }

    private void watchFailed(int mine, Stopwatch lived, Throwable failure) {
        boolean wasOpen = mirror.state() instanceof Mirror.Live;
        if (failure instanceof ListWatch.Refused refused && refused.code() == 410) {
            later(mine, pauses.after(lived), this::restart);
        } else if (wasOpen) {
            proof = null;
            watchAgain(mine, lived);
        } else {
            refused(mine, failure);
        }
    }

    private void refused(int mine, Throwable failure) {
        proof = null;
        mirror.lost(sign, trouble.of(failure));
        changed.run();
        boolean listedOnce = !mirror.resourceVersion().isEmpty();
        later(mine, pauses.after(failure), listedOnce ? () -> watch(mine) : this::start);
    }

    private <T> void request(
            int mine, Supplier<CompletableFuture<T>> request, Consumer<T> then, Consumer<Throwable> otherwise) {
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
                        otherwise.accept(cause(failure));
                    }
                    return null;
                });
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && cause != null ? cause : failure;
    }

    /** Lists again; looks wait for it. */
    void restart() {
        become(new Mirror.Starting());
        start();
    }

    private void become(Mirror.State state) {
        mirror.become(state);
        changed.run();
    }

    private void later(int mine, Duration pause, Runnable work) {
        in(pause).execute(() -> {
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
     * Asks the server for the list unless it was asked lately, and holds what the watch told against it. All who ask at
     * the same time share the answer. Afterwards the state says what is to be thought of the mirror.
     *
     * @param atMostOld how long ago the server may have been asked; zero: not before this call
     * @return false when the caller was interrupted, and nothing is known
     */
    boolean verify(Duration atMostOld) {
        Stopwatch called = new Stopwatch();
        if (!(state() instanceof Mirror.Live)) {
            return true;
        }
        synchronized (asking) {
            Stopwatch last = proof;
            boolean young = last != null && last.elapsed().compareTo(atMostOld.plus(called.elapsed())) <= 0;
            return young || !(mirror.state() instanceof Mirror.Live) || ask();
        }
    }

    private boolean ask() {
        int mine = round.get();
        Stopwatch sent = new Stopwatch();
        Instant began = clock.instant();
        mirror.beingCompared();
        AtomicReference<Throwable> silence =
                new AtomicReference<>(new TimeoutException("it does not answer within " + answers.toMillis() + " ms"));
        try {
            compare(mine, list(sent, silence::set).get(answers.toMillis(), TimeUnit.MILLISECONDS), sent, began);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException e) {
            givenUp(mine, Objects.requireNonNull(silence.get()));
        } catch (ExecutionException e) {
            givenUp(mine, cause(e));
        }
        return true;
    }

    /** A server that is busy for a moment has not lost anything: while there is time, it is asked again. */
    private CompletableFuture<GenericKubernetesResourceList> list(Stopwatch sent, Consumer<Throwable> refusal) {
        return server.list().exceptionallyCompose(failure -> {
            boolean inTime = sent.elapsed().compareTo(answers) < 0;
            if (!inTime || !(cause(failure) instanceof ListWatch.Refused refused) || !refused.passing()) {
                return CompletableFuture.failedFuture(failure);
            }
            refusal.accept(refused);
            return CompletableFuture.supplyAsync(
                            () -> list(sent, refusal),
                            in(BUSY.compareTo(refused.retryAfter()) > 0 ? BUSY : refused.retryAfter()))
                    .thenCompose(again -> again);
        });
    }

    private static Executor in(Duration pause) {
        return CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void compare(int mine, GenericKubernetesResourceList list, Stopwatch sent, Instant began) {
        String version = list.getMetadata().getResourceVersion();
        if (mirror.agrees(list.getItems(), version, UNDER_WAY)) {
            proof = sent;
            proven = began;
            sign = clock.instant();
        } else if (round.compareAndSet(mine, mine + 1)) {
            server.cancel();
            become(new Mirror.Starting());
            listed(list, sent);
        }
    }

    private void givenUp(int mine, Throwable failure) {
        if (round.compareAndSet(mine, mine + 1)) {
            server.cancel();
            refused(mine + 1, failure);
        }
    }

    /**
     * Waits in wall time until mirror and listeners have everything up to a resource version. A kind that was not served
     * when last asked is asked for again; one that may not be read brings nothing. When no event comes the list is asked
     * for, since the watch may have lost it.
     *
     * @throws NotMeasured when the server does not answer either
     */
    void awaitSeen(Kind kind, long version) {
        Duration patience = answers;
        if (state() instanceof Mirror.Failed failed) {
            if (version == 0 || (failed.code() != 404 && failed.lasting())) {
                return;
            }
            if (failed.code() == 404) {
                restart();
            }
            patience = PATIENCE;
        }
        boolean seen = mirror.seen(version, patience);
        if (!seen && verify(Duration.ZERO) && state() instanceof Mirror.Failed failed) {
            throw new NotMeasured("the write was accepted, but " + kind.plural() + " at resource version " + version
                    + " could not be seen: " + failed.why() + "; what a look would see is out of date");
        }
    }

    void close() {
        round.incrementAndGet();
        server.close();
    }
}
