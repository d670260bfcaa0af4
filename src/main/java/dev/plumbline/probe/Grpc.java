package dev.plumbline.probe;

import dev.plumbline.cluster.Target;
import dev.plumbline.cluster.Tunnel;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Calls a method by gRPC over plain HTTP/2, on a ready pod behind one port of a Service. The API server's proxy passes
 * HTTP/1 only, so the way is a tunnel to the pod. Messages are as they are on the wire.
 */
final class Grpc {

    /** A probe looks once: who does not answer in this time is not answering. */
    private static final int TIMEOUT_SECONDS = 5;

    private final Target target;
    private final String namespace;
    private final String service;
    private final int port;

    Grpc(Target target, String namespace, String service, int port) {
        this.target = target;
        this.namespace = namespace;
        this.service = service;
        this.port = port;
    }

    String source(String method) {
        return "gRPC call " + method + " on service \"" + service + ":" + port + "\" in namespace \"" + namespace
                + "\"";
    }

    List<About> about() {
        return List.of(new About("Service", namespace, service));
    }

    /** @param method {@code package.Service/Method} */
    Observation<byte[]> call(String method, byte[] message) {
        String source = source(method);
        try {
            Optional<ServiceSurveys.Backend> backend =
                    new ServiceSurveys(target, namespace, service).backend(new Survey.Reader(target), port);
            if (backend.isEmpty()) {
                String why = "no ready pod is behind port " + port;
                return ServicePods.silent(target, namespace, service, source, why);
            }
            return call(backend.get(), method, message);
        } catch (NotSeen e) {
            return e.as(source);
        }
    }

    private Observation<byte[]> call(ServiceSurveys.Backend backend, String method, byte[] message) {
        String source = source(method);
        try (Tunnel tunnel = target.forward(namespace, backend.pod(), backend.port())) {
            try {
                return new Observation.Seen<>(send(tunnel, method, message), source, target.now());
            } catch (StatusRuntimeException e) {
                return refused(e.getStatus(), tunnel.trouble(), source);
            }
        } catch (KubernetesClientException e) {
            return new Observation.Unreachable<>("no way to the pod: " + e.getMessage(), source, target.now());
        }
    }

    private static byte[] send(Tunnel tunnel, String method, byte[] message) {
        ManagedChannel channel = OkHttpChannelBuilder.forAddress(
                        tunnel.address().getHostString(), tunnel.address().getPort())
                .usePlaintext()
                .build();
        try {
            MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                    .setFullMethodName(method)
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .build();
            CallOptions patience = CallOptions.DEFAULT.withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return ClientCalls.blockingUnaryCall(channel, descriptor, patience, message);
        } finally {
            channel.shutdownNow();
        }
    }

    private Observation<byte[]> refused(Status status, Optional<String> trouble, String source) {
        String why = status.getCode() + (status.getDescription() == null ? "" : ": " + status.getDescription());
        if (target.simulated() && why.contains("not simulated")) {
            return new Observation.Blocked<>(why, source, target.now());
        }
        if (trouble.filter(text -> text.contains("403")).isPresent()) {
            return new Observation.Unreachable<>(
                    "no permission: the right \"create\" on pods/portforward in the core group is missing in namespace \""
                            + namespace + "\"",
                    source,
                    target.now());
        }
        return new Observation.Absent<>(
                "no answer by gRPC: " + why
                        + trouble.map(text -> " (" + text + ")").orElse(""),
                source,
                target.now());
    }

    /** Messages as they are on the wire. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
