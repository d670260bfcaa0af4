package dev.plumbline.probe.diagnosis;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The requests of one diagnosis, each in a thread of the pool. What is not to be had is noted as a trouble, not thrown. */
final class Reads {

    /** A server that takes longer for one answer must not use up the time of the whole. */
    private static final int SECONDS = 4;

    private static final long MOST_OBJECTS = 500;
    private static final int LOG_LINES = 200;
    private static final int LOG_BYTES = 256 << 10;

    private final KubernetesClient client;
    private final ExecutorService threads;
    private final Around around;

    Reads(KubernetesClient client, ExecutorService threads, Around around) {
        this.client = client.newClient(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestRetryBackoffLimit(0)
                                .withRequestTimeout(SECONDS * 1000)
                                .build())
                .adapt(KubernetesClient.class);
        this.threads = threads;
        this.around = around;
    }

    /** An answer that is on its way. */
    interface Answer<T> {
        /** Waits for it; what could not be had is empty. */
        T get() throws InterruptedException;
    }

    Answer<Optional<Live>> object(ObjectRef ref) {
        var all = client.genericKubernetesResources(ref.kind().context());
        var handle = ref.kind().namespaced()
                ? all.inNamespace(ref.namespace()).withName(ref.name())
                : all.withName(ref.name());
        return read(
                ref.toString(),
                right("get", ref.kind(), ref.namespace()),
                Optional.empty(),
                () -> Optional.ofNullable(handle.get()).map(Live::of));
    }

    /** @param labels what their labels hold; empty for all */
    Answer<List<Live>> list(Kind kind, @Nullable String namespace, Map<String, String> labels) {
        return list(kind, namespace, labels, Map.of());
    }

    Answer<List<Live>> events(Kind kind, @Nullable String namespace, Live about) {
        return list(kind, namespace, Map.of(), Map.of("involvedObject.uid", about.uid()));
    }

    private Answer<List<Live>> list(
            Kind kind, @Nullable String namespace, Map<String, String> labels, Map<String, String> fields) {
        var all = client.genericKubernetesResources(kind.context());
        var handle = kind.namespaced() && namespace != null ? all.inNamespace(namespace) : all;
        var options = new ListOptionsBuilder().withLimit(MOST_OBJECTS);
        if (!labels.isEmpty()) {
            options.withLabelSelector(joined(labels));
        }
        if (!fields.isEmpty()) {
            options.withFieldSelector(joined(fields));
        }
        String where = namespace == null ? "" : " in namespace \"" + namespace + "\"";
        return read(kind.plural() + where, right("list", kind, namespace), List.of(), () -> {
            var list = handle.list(options.build());
            String more = list.getMetadata().getContinue();
            if (more != null && !more.isEmpty()) {
                around.trouble("only the first " + MOST_OBJECTS + " " + kind.plural() + where + " were read");
            }
            return list.getItems().stream().map(item -> live(kind, item)).toList();
        });
    }

    /** Items of a list do not say what they are. */
    private static Live live(Kind kind, GenericKubernetesResource item) {
        item.setApiVersion(kind.apiVersion());
        item.setKind(kind.kind());
        return Live.of(item);
    }

    /** The end of a container's log, empty when there is none. */
    Answer<String> log(Live pod, String container, boolean previous) {
        String what = "the log of container \"" + container + "\" of pod \"" + pod.name() + "\""
                + (previous ? " before its last restart" : "");
        // the client's own form cannot limit the bytes of an earlier log, and waits for the pod to be ready
        String path = "/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name() + "/log?container=" + container
                + "&previous=" + previous + "&tailLines=" + LOG_LINES + "&limitBytes=" + LOG_BYTES;
        String right = "the right \"get\" on pods/log is missing in namespace \"" + pod.namespace() + "\"";
        return read(what, right, "", () -> wholeLines(Objects.requireNonNullElse(client.raw(path), "")));
    }

    /** The server cuts at a byte. */
    private static String wholeLines(String log) {
        return log.length() < LOG_BYTES / 2 ? log : log.substring(0, log.lastIndexOf('\n') + 1);
    }

    private static String joined(Map<String, String> selector) {
        return selector.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    private static String right(String verb, Kind kind, @Nullable String namespace) {
        return "the right \"" + verb + "\" on " + kind.plural()
                + (kind.group().isEmpty() ? "" : "." + kind.group()) + " is missing"
                + (namespace == null ? "" : " in namespace \"" + namespace + "\"");
    }

    private <T> Answer<T> read(String what, String right, T otherwise, Callable<T> request) {
        Future<T> future = threads.submit(request);
        return () -> {
            try {
                return future.get(SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                future.cancel(true);
                around.trouble(what + ": no answer within " + SECONDS + " s");
            } catch (ExecutionException e) {
                around.trouble(what + ": " + why(e.getCause(), right));
            }
            return otherwise;
        };
    }

    private static String why(@Nullable Throwable failure, String right) {
        if (failure instanceof KubernetesClientException refused) {
            boolean said = refused.getStatus() != null && refused.getStatus().getMessage() != null;
            return refused.getCode() == 403
                    ? "no permission, " + right
                    : said ? refused.getStatus().getMessage() : String.valueOf(refused.getMessage());
        }
        return String.valueOf(failure);
    }
}
