package dev.plumbline.probe;

import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.util.List;

/** What a GET on a Service answers. Redirects are not followed: a redirect to a login page is an answer of its own. */
public final class HttpGet implements Probe<HttpAnswer> {

    private final Http http;
    private final String path;

    /** @throws IllegalArgumentException when the path cannot stand in an address */
    public HttpGet(Target target, String namespace, String service, int port, String path) {
        this.http = new Http(target, namespace, service, port);
        this.path = Http.checked(path);
    }

    @Override
    public String subject() {
        return http.source("GET", path);
    }

    @Override
    public List<About> about() {
        return http.about();
    }

    @Override
    public Observation<HttpAnswer> look() {
        return http.get(path);
    }
}
