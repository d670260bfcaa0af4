package dev.plumbline.probe;

import static io.restassured.config.DecoderConfig.decoderConfig;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static io.restassured.config.HttpClientConfig.httpClientConfig;
import static io.restassured.config.RedirectConfig.redirectConfig;
import static io.restassured.config.SSLConfig.sslConfig;

import dev.plumbline.cluster.Guard;
import dev.plumbline.cluster.ServiceAddress;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import io.restassured.RestAssured;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.http.conn.ssl.SSLSocketFactory;

/** Reads from one port of a Service over HTTP. The only place that knows REST Assured. */
final class Http {

    /** A probe looks once: who does not answer in this time is not answering. */
    private static final int TIMEOUT_MILLIS = 5000;

    private final Target target;
    private final String namespace;
    private final String service;
    private final int port;

    Http(Target target, String namespace, String service, int port) {
        this.target = target;
        this.namespace = namespace;
        this.service = service;
        this.port = port;
    }

    static String checked(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("\"" + path + "\" is not a path, expected one such as /healthz");
        }
        return URI.create(path).toString();
    }

    String source(String method, String path) {
        return method + " " + path + " on service \"" + service + ":" + port + "\" in namespace \"" + namespace + "\"";
    }

    List<About> about() {
        return List.of(new About("Service", namespace, service));
    }

    Instant now() {
        return target.now();
    }

    Observation<HttpAnswer> get(String path) {
        return exchange("GET", path, Optional.empty());
    }

    /** For queries that their API takes as a POST although they only read. */
    Observation<HttpAnswer> post(String path, String json) {
        try {
            target.check(
                    "POST", "/api/v1/namespaces/" + namespace + "/services/" + service + ":" + port + "/proxy" + path);
        } catch (Guard.Refused e) {
            return new Observation.Unreachable<>(String.valueOf(e.getMessage()), source("POST", path), now());
        }
        return exchange("POST", path, Optional.of(json));
    }

    private Observation<HttpAnswer> exchange(String method, String path, Optional<String> json) {
        String source = source(method, path);
        try {
            ServiceAddress address = target.service(namespace, service, port);
            HttpAnswer answer = answer(() -> request(address, json).request(method, uri(address, path)));
            if (target.simulated() && answer.status() == 501 && answer.body().startsWith("not simulated")) {
                return new Observation.Blocked<>(answer.body().strip(), source, now());
            }
            return ProxyAnswer.of(answer)
                    .map(refusal -> refusal.<HttpAnswer>observed(
                            source, now(), why -> ServicePods.silent(target, namespace, service, source, why)))
                    .orElseGet(() -> new Observation.Seen<>(answer, source, now()));
        } catch (IOException e) {
            return new Observation.Unreachable<>(
                    "no answer (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")", source, now());
        }
    }

    /** REST Assured throws I/O errors without declaring them. */
    @FunctionalInterface
    private interface Exchange {
        Response run() throws IOException;
    }

    private static HttpAnswer answer(Exchange exchange) throws IOException {
        Response response = exchange.run();
        String type = response.getContentType();
        byte[] body = response.asByteArray();
        return new HttpAnswer(
                response.statusCode(), type == null ? "" : type, new String(body, StandardCharsets.UTF_8));
    }

    private static URI uri(ServiceAddress address, String path) {
        return URI.create(address.base() + path.substring(1));
    }

    private static RequestSpecification request(ServiceAddress address, Optional<String> json) {
        RequestSpecification request = RestAssured.given()
                .config(config(address.tls()))
                .urlEncodingEnabled(false)
                .headers(address.headers());
        return json.map(body -> request.contentType("application/json").body(body))
                .orElse(request);
    }

    private static RestAssuredConfig config(Optional<SSLContext> tls) {
        RestAssuredConfig config = RestAssuredConfig.config()
                .httpClient(httpClientConfig()
                        .setParam("http.connection.timeout", TIMEOUT_MILLIS)
                        .setParam("http.socket.timeout", TIMEOUT_MILLIS))
                .redirect(redirectConfig().followRedirects(false))
                .encoderConfig(encoderConfig().defaultContentCharset(StandardCharsets.UTF_8))
                .decoderConfig(decoderConfig().defaultContentCharset(StandardCharsets.UTF_8));
        return tls.map(context -> config.sslConfig(sslConfig().with().sslSocketFactory(sockets(context))))
                .orElse(config);
    }

    @SuppressWarnings("deprecation") // the only form that REST Assured takes
    private static SSLSocketFactory sockets(SSLContext context) {
        return new SSLSocketFactory(context, SSLSocketFactory.STRICT_HOSTNAME_VERIFIER);
    }
}
