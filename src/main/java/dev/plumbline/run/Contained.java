package dev.plumbline.run;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Work of which nothing that it throws is lost or gets further: an out-of-memory error, which Cucumber and JUnit rethrow,
 * or a bug of ours must not keep a run from cleaning up and from saying what it found.
 */
final class Contained {

    private Contained() {}

    /** @param otherwise what stands for the result of work that threw */
    static <T> T call(Callable<T> work, Function<Throwable, T> otherwise) {
        FutureTask<T> task = new FutureTask<>(work);
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            return otherwise.apply(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise.apply(e);
        }
    }
}
