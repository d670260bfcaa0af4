package dev.plumbline.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.shaded.com.github.dockerjava.core.DefaultDockerClientConfig;
import org.testcontainers.shaded.com.github.dockerjava.core.DockerClientConfig;
import org.testcontainers.shaded.com.github.dockerjava.core.DockerClientImpl;

/** The Docker engine of this machine, asked with short deadlines: nothing here waits longer than it was told to. */
final class Docker implements AutoCloseable {

    private static final Duration ANSWERS = Duration.ofSeconds(2);
    private static final Duration REGISTRY_ANSWERS = Duration.ofMillis(2500);
    private static final Duration REMOVES = Duration.ofSeconds(60);

    private final DockerHttpClient http;
    private final DockerClient client;

    private Docker(DockerHttpClient http, DockerClient client) {
        this.http = http;
        this.client = client;
    }

    /** Connects to the engine that DOCKER_HOST names, else to one of the usual sockets. */
    static Docker connect() throws NoDocker {
        return connect(System.getenv("DOCKER_HOST"));
    }

    /** @throws NoDocker when no engine answers within two seconds */
    static Docker connect(@Nullable String dockerHost) throws NoDocker {
        DefaultDockerClientConfig.Builder builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
        if (dockerHost == null) {
            usualSocket(builder);
        } else {
            builder.withDockerHost(dockerHost);
        }
        DockerClientConfig config = builder.build();
        DockerHttpClient http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .connectionTimeout(ANSWERS)
                .build();
        Docker docker = new Docker(http, DockerClientImpl.getInstance(config, http));
        try {
            docker.within(ANSWERS, () -> docker.client.pingCmd().exec());
            return docker;
        } catch (NoDocker e) {
            docker.close();
            throw e;
        }
    }

    /** Where Docker listens when it does not run as root. */
    private static void usualSocket(DefaultDockerClientConfig.Builder builder) {
        String home = System.getProperty("user.home");
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        List<String> places = List.of(
                "/var/run/docker.sock",
                (runtime == null ? "/nowhere" : runtime) + "/docker.sock",
                home + "/.docker/run/docker.sock",
                home + "/.docker/desktop/docker.sock");
        places.stream()
                .filter(place -> Files.exists(Path.of(place)))
                .findFirst()
                .ifPresent(place -> builder.withDockerHost("unix://" + place));
    }

    String version() throws NoDocker {
        return within(ANSWERS, () -> client.versionCmd().exec().getVersion());
    }

    boolean hasImage(String image) throws NoDocker {
        return within(ANSWERS, () -> {
            try {
                client.inspectImageCmd(image).exec();
                return true;
            } catch (NotFoundException e) {
                return false;
            }
        });
    }

    /** Whether the image's registry knows it; a registry that does not answer in time is a no. */
    boolean canPull(String image) {
        DockerHttpClient.Request request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.GET)
                .path("/distribution/" + image + "/json")
                .build();
        try {
            return within(REGISTRY_ANSWERS, () -> {
                try (DockerHttpClient.Response response = http.execute(request)) {
                    return response.getStatusCode() == 200;
                }
            });
        } catch (NoDocker e) {
            return false;
        }
    }

    /** The containers, stopped ones too, that carry a label. */
    List<Container> labelled(String label) throws NoDocker {
        return within(
                REMOVES,
                () -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(List.of(label))
                        .exec());
    }

    /** Stops and removes a container with its volumes; one that is gone already is fine. */
    void remove(String containerId) throws NoDocker {
        within(REMOVES, () -> {
            try {
                client.removeContainerCmd(containerId)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException e) {
                // somebody else was quicker
            }
            return true;
        });
    }

    /** The transport's own timeouts do not hold for a socket file that accepts and then says nothing. */
    private <T> T within(Duration atMost, Supplier<T> question) throws NoDocker {
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(question, Docker::inThreadOfItsOwn);
        try {
            return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NoDocker("it did not answer within " + atMost.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoDocker("interrupted while asking");
        } catch (ExecutionException e) {
            throw new NoDocker(rootMessage(e));
        }
    }

    /** A question that hangs must not keep a shared thread, nor the JVM. */
    private static void inThreadOfItsOwn(Runnable question) {
        Thread thread = new Thread(question, "docker");
        thread.setDaemon(true);
        thread.start();
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No engine answers; the message is the reason. */
    static final class NoDocker extends Exception {
        private static final long serialVersionUID = 1L;

        NoDocker(String message) {
            super(message);
        }
    }
}
