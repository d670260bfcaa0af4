package dev.plumbline.action;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says each minute, on what a run has in the cluster, that the run is alive. */
final class Heartbeat implements AutoCloseable {

    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "plumbline-heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    Heartbeat(ClusterJournal journal) {
        beats.scheduleAtFixedRate(
                () -> {
                    try {
                        journal.beat();
                    } catch (KubernetesClientException e) {
                        // one that is missed costs nothing: the next comes long before the run counts as silent
                        return;
                    }
                },
                1,
                1,
                TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        beats.shutdownNow();
    }
}
