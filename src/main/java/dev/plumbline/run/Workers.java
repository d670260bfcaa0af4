package dev.plumbline.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks, some at a time. */
final class Workers {

    private final int parallel;

    Workers(int parallel) {
        this.parallel = parallel;
    }

    /** Returns when all have ended; the first bug that one threw is thrown then. */
    void all(List<Callable<Void>> tasks) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(parallel);
        try {
            List<Future<Void>> running = new ArrayList<>();
            tasks.forEach(task -> running.add(pool.submit(task)));
            for (Future<Void> future : running) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw bug(Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            pool.shutdownNow();
        }
    }

    private static RuntimeException bug(Throwable cause) {
        if (cause instanceof RuntimeException known) {
            return known;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(cause.getMessage(), cause);
    }
}
