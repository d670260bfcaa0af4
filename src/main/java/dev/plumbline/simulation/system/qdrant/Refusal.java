package dev.plumbline.simulation.system.qdrant;

/** A request that the server refuses, with its status and error text. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String error;

    private Refusal(int status, String error) {
        super(error);
        this.status = status;
        this.error = error;
    }

    static Refusal noCollection(String name) {
        return new Refusal(404, "Not found: Collection `" + name + "` doesn't exist!");
    }

    static Refusal notFound(String what) {
        return new Refusal(404, "Not found: " + what);
    }

    static Refusal exists(String name) {
        return new Refusal(409, "Wrong input: Collection `" + name + "` already exists!");
    }

    static Refusal wrong(String what) {
        return new Refusal(400, "Wrong input: " + what);
    }

    static Refusal badRequest(String what) {
        return new Refusal(400, "Bad request: " + what);
    }

    static Refusal format(String what) {
        return new Refusal(400, "Format error in JSON body: " + what);
    }

    static Refusal notSimulated(String what) {
        return new Refusal(501, "not simulated: " + what);
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }
}
