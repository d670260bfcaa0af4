package dev.plumbline.simulation;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;

/** A model of what an image holds. A container whose image no model runs waits as {@code NotSimulated}. */
public interface ImageModel {

    /** Whether this model knows the image, by repository and tag. */
    boolean runs(String image);

    /**
     * Starts the program of a container.
     *
     * @throws StartFailure when the real one would exit at once; the pod then restarts it with back-off
     */
    Program start(Start start) throws StartFailure;

    /**
     * What a program gets when it starts.
     *
     * @param env with references to ConfigMaps, Secrets and fields resolved
     */
    record Start(Pod pod, Container container, Map<String, String> env, Files files, World world) {}

    /** The program ended at once. */
    final class StartFailure extends Exception {
        private static final long serialVersionUID = 1L;
        private final int exitCode;

        public StartFailure(int exitCode, String log) {
            super(log);
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }
}
