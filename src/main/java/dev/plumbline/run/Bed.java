package dev.plumbline.run;

import dev.plumbline.action.FluxInstall;
import dev.plumbline.cluster.Target;

/** A target with what it takes to deliver to it. */
public interface Bed extends AutoCloseable {

    Target target();

    /** On the label of everything that is created. */
    String runId();

    FluxInstall flux();

    /** Whether the target is also that of the next bed. */
    default boolean shared() {
        return false;
    }

    @Override
    void close();

    /** Gives the bed for the next trial: a new one each time where that is cheap, else one for all. */
    interface Source {
        Bed next() throws InterruptedException;
    }
}
