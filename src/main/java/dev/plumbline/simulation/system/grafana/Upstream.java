package dev.plumbline.simulation.system.grafana;

import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.Program.Request;
import dev.plumbline.simulation.World;
import java.net.URI;
import java.util.Map;

/** Requests of the server to its data sources. */
final class Upstream {

    private final World world;
    private final String namespace;

    Upstream(World world, String namespace) {
        this.world = world;
        this.namespace = namespace;
    }

    /** No connection; the message is what Grafana would show. */
    static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;
        private final String message;

        Unreachable(String message) {
            super(message);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }

    /** @param path with its query */
    Reply send(Datasource datasource, String method, String path, Map<String, String> headers, byte[] body)
            throws Unreachable {
        String full = datasource.url() + path;
        try {
            URI base = URI.create(datasource.url());
            if (base.getHost() == null) {
                throw new Unreachable("parse \"" + full + "\": the URL of the data source has no host");
            }
            int port = base.getPort() > 0 ? base.getPort() : base.getScheme().equals("https") ? 443 : 80;
            Request request = new Request(method, base.getRawPath() + path, headers, body);
            return world.send(namespace, base.getHost(), port, request);
        } catch (World.Refused e) {
            String word = method.equals("GET") ? "Get" : "Post";
            throw new Unreachable(word + " \"" + full.replaceFirst("\\?.*$", "") + "\": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new Unreachable("parse \"" + full + "\": " + e.getMessage());
        }
    }
}
