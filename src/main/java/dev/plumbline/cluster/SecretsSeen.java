package dev.plumbline.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.plumbline.verdict.Mask;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Makes known to masks what the client sends and gets: the values of Secrets, and the credentials that workloads carry in
 * variables and arguments. It stands in the client's HTTP, so that no request of the client gets round it.
 */
public final class SecretsSeen implements Interceptor {

    /** Under this name it is put into the HTTP client. */
    public static final String NAME = "PLUMBLINE-SECRETS";

    private static final Set<String> CARRIERS =
            Set.of("secrets", "pods", "deployments", "statefulsets", "daemonsets", "replicasets", "jobs", "cronjobs");

    private final List<Mask> masks = new CopyOnWriteArrayList<>();
    private final ObjectMapper json = new ObjectMapper();

    /** From now on this mask learns. */
    public void teach(Mask mask) {
        masks.add(mask);
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        String body = request.bodyString();
        if (body != null && carries(request)) {
            learn(body);
        }
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        return carries(request) ? new Lines(consumer) : consumer;
    }

    private boolean carries(HttpRequest request) {
        String path = request.uri().getRawPath();
        int api = Math.max(path.indexOf("/api/"), path.indexOf("/apis/"));
        return !masks.isEmpty()
                && api >= 0
                && ApiPath.parse(path.substring(api))
                        .filter(one -> CARRIERS.contains(one.resource()) && one.subresource() == null)
                        .isPresent();
    }

    /** A patch may come as YAML, answers come as JSON. What is neither is no object. */
    private void learn(String text) {
        try {
            JsonNode tree =
                    text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")
                            ? json.readTree(text)
                            : new YAMLMapper().readTree(text);
            masks.forEach(mask -> new SecretFields(mask).learn(tree));
        } catch (JsonProcessingException e) {
            // the client itself will say that it cannot read it
            return;
        }
    }

    /** Listens along: a watch says an object a line, any other answer is one line. */
    private final class Lines implements AsyncBody.Consumer<List<ByteBuffer>> {

        private final AsyncBody.Consumer<List<ByteBuffer>> next;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private boolean awaitsEnd;

        Lines(AsyncBody.Consumer<List<ByteBuffer>> next) {
            this.next = next;
        }

        @Override
        public void consume(List<ByteBuffer> buffers, AsyncBody body) throws Exception {
            for (ByteBuffer buffer : buffers) {
                ByteBuffer copy = buffer.duplicate();
                while (copy.hasRemaining()) {
                    add(copy.get());
                }
            }
            if (!awaitsEnd) {
                awaitsEnd = true;
                body.done().whenComplete((end, failure) -> finish());
            }
            next.consume(buffers, body);
        }

        private synchronized void add(byte next) throws IOException {
            line.write(next);
            if (next == '\n') {
                finish();
            }
        }

        private synchronized void finish() {
            if (line.size() > 1) {
                learn(line.toString(java.nio.charset.StandardCharsets.UTF_8));
            }
            line.reset();
        }

        @Override
        public <U> U unwrap(Class<U> target) {
            return next.unwrap(target);
        }
    }
}
