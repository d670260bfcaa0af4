package dev.plumbline.simulation.node;

/** Something that a container needs is not there yet. The message is the kubelet's. */
final class Unready extends Exception {
    private static final long serialVersionUID = 1L;

    Unready(String message) {
        super(message);
    }
}
