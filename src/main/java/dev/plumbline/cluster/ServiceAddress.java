package dev.plumbline.cluster;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a port of a Service is reached from here: through the API server's proxy, so that nothing is opened and read-only
 * access is enough for a GET.
 *
 * @param base ends with a slash; a path is appended to it
 * @param tls the trust and client certificate of the API server, absent for plain HTTP
 * @param headers credentials of the API server; never shown
 */
public record ServiceAddress(URI base, Optional<SSLContext> tls, Map<String, String> headers) {

    @Override
    public String toString() {
        return base.getPath();
    }
}
