package dev.plumbline.simulation.system.postgres;

/** A statement failed; the message is what psql would print. */
final class SqlFailure extends Exception {
    private static final long serialVersionUID = 1L;

    SqlFailure(String message) {
        super(message);
    }
}
