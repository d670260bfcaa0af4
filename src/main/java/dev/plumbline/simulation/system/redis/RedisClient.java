package dev.plumbline.simulation.system.redis;

import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.Program.Request;
import dev.plumbline.simulation.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Asks a simulated Redis over the simulated network, where addresses, readiness and NetworkPolicies count. The network
 * carries requests of HTTP's form, so a command travels as one with a method that no browser sends.
 */
public final class RedisClient {

    static final String METHOD = "RESP";
    private static final String SEPARATOR = "\u0000";

    private final World world;
    private final String namespace;
    private final String host;
    private final int port;
    private final String password;

    /** @param password empty for none */
    public RedisClient(World world, String namespace, String host, int port, String password) {
        this.world = world;
        this.namespace = namespace;
        this.host = host;
        this.port = port;
        this.password = password;
    }

    /** The server answered with an error. */
    public static final class Rejected extends Exception {
        private static final long serialVersionUID = 1L;
        private final String error;

        Rejected(String error) {
            super(error);
            this.error = error;
        }

        /** As the server words it. */
        public String error() {
            return error;
        }
    }

    /** The text of the answer. */
    public String ask(String... words) throws World.Refused, Rejected {
        byte[] body = String.join(SEPARATOR, words).getBytes(StandardCharsets.UTF_8);
        Reply reply = world.send(namespace, host, port, new Request(METHOD, "/", Map.of("password", password), body));
        String text = new String(reply.body(), StandardCharsets.UTF_8);
        if (reply.status() != 200) {
            throw new Rejected(text);
        }
        return text;
    }

    static List<String> words(Request request) {
        return List.of(new String(request.body(), StandardCharsets.UTF_8).split(SEPARATOR, -1));
    }
}
