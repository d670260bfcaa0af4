package dev.plumbline.simulation;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import java.util.OptionalInt;

/**
 * What runs in a simulated container: the working model of one program. It starts with its container and is closed when
 * the container stops; what must survive is in its {@link Files}.
 */
public interface Program extends AutoCloseable {

    /** Whether it accepts connections on this port. */
    boolean listens(int port);

    /** Answers one HTTP request to a port that it listens on. */
    Reply answer(int port, Request request);

    /**
     * Runs {@code sh -c command} beside it.
     *
     * @throws Target.CommandNotRun permanently, "not simulated: ...", for a command that this model does not know
     */
    CommandResult run(String command) throws Target.CommandNotRun;

    /** What it wrote to its standard output so far. */
    String log();

    /** Present once the program has ended by itself, as the container of a Job does. */
    OptionalInt exitCode();

    /** The container stops. */
    @Override
    void close();

    /** An HTTP request; the path holds the query. Header names are lower case. */
    record Request(String method, String path, java.util.Map<String, String> headers, byte[] body) {}

    /** An HTTP answer. */
    record Reply(int status, String contentType, byte[] body) {}
}
