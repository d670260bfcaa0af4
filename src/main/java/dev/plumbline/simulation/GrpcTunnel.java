package dev.plumbline.simulation;

import dev.plumbline.cluster.Tunnel;
import dev.plumbline.simulation.api.Workloads;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel to a port of a simulated pod, through which gRPC is spoken for real; other protocols are not simulated. The
 * program is asked as by HTTP: a POST of the message to {@code /package.Service/Method}. It answers 200 and
 * {@value #TYPE}; with another type no gRPC server listens, another status is that of the call.
 */
final class GrpcTunnel implements Tunnel {

    static final String TYPE = "application/grpc";

    private final Workloads network;
    private final String namespace;
    private final String pod;
    private final int port;
    private final Server server;

    GrpcTunnel(Workloads network, String namespace, String pod, int port) {
        this.network = network;
        this.namespace = namespace;
        this.pod = pod;
        this.port = port;
        try {
            this.server = OkHttpServerBuilder.forPort(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            InsecureServerCredentials.create())
                    .fallbackHandlerRegistry(new Methods())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback address", e);
        }
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    }

    @Override
    public Optional<String> trouble() {
        return Optional.empty();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** Every method, whatever its name: only the program knows which it has. */
    private final class Methods extends HandlerRegistry {
        @Override
        public ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
            MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                    .setFullMethodName(method)
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .build();
            ServerCallHandler<byte[], byte[]> handler =
                    ServerCalls.asyncUnaryCall((message, answer) -> call(method, message, answer));
            return ServerMethodDefinition.create(descriptor, handler);
        }
    }

    private void call(String method, byte[] message, StreamObserver<byte[]> answer) {
        try {
            Program.Reply reply = network.toPod(
                    namespace,
                    pod,
                    port,
                    new Program.Request("POST", "/" + method, Map.of("content-type", TYPE), message));
            if (!reply.contentType().equals(TYPE)) {
                answer.onError(Status.UNAVAILABLE
                        .withDescription("what listens on port " + port + " speaks no gRPC")
                        .asException());
            } else if (reply.status() != 200) {
                answer.onError(status(reply).asException());
            } else {
                answer.onNext(reply.body());
                answer.onCompleted();
            }
        } catch (World.Refused e) {
            answer.onError(Status.UNAVAILABLE.withDescription(e.getMessage()).asException());
        }
    }

    private static Status status(Program.Reply reply) {
        Status status = switch (reply.status()) {
            case 400 -> Status.INVALID_ARGUMENT;
            case 401 -> Status.UNAUTHENTICATED;
            case 404 -> Status.NOT_FOUND;
            case 501 -> Status.UNIMPLEMENTED;
            default -> Status.INTERNAL;
        };
        return status.withDescription(new String(reply.body(), StandardCharsets.UTF_8));
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
