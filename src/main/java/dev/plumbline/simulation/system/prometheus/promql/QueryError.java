package dev.plumbline.simulation.system.prometheus.promql;

/** A query that cannot be answered, with the error type that the HTTP API gives. */
public final class QueryError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String type;
    private final String message;

    private QueryError(String type, String message) {
        super(message);
        this.type = type;
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** The query or a parameter is wrong. */
    public static QueryError badData(String message) {
        return new QueryError("bad_data", message);
    }

    /** The query is well formed but fails on the data, or asks for what is not modelled. */
    public static QueryError execution(String message) {
        return new QueryError("execution", message);
    }

    static QueryError at(int offset, String message) {
        return badData("1:" + (offset + 1) + ": parse error: " + message);
    }

    /** {@code bad_data} or {@code execution}. */
    public String type() {
        return type;
    }
}
