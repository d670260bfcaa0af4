package dev.plumbline;

import dev.plumbline.action.FluxInstall;
import dev.plumbline.cluster.Target;

/**
 * The target that a run got.
 *
 * @param why why this one was taken, for the report
 */
record Opened(Target target, String why, String runId, FluxInstall flux) implements AutoCloseable {

    @Override
    public void close() {
        target.close();
    }
}
