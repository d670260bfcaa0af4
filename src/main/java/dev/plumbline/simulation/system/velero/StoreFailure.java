package dev.plumbline.simulation.system.velero;

/** The object store did not do what it was asked to. */
final class StoreFailure extends Exception {
    private static final long serialVersionUID = 1L;

    StoreFailure(String message) {
        super(message);
    }
}
