package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TargetChoiceTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Test
    void simulatesWhereNoDockerListens(@TempDir Path dir) {
        assertSimulated("unix://" + dir.resolve("nobody.sock"), "Docker does not answer");
    }

    @Test
    void simulatesWhereASocketAcceptsAndSaysNothing(@TempDir Path dir) throws IOException {
        Path socket = dir.resolve("mute.sock");
        try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(socket));
            assertSimulated("unix://" + socket, "did not answer within 2000 ms");
        }
    }

    @Test
    void simulatesWhereAPortAcceptsAndSaysNothing() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertSimulated("tcp://127.0.0.1:" + mute.getLocalPort(), "did not answer within 2000 ms");
        }
    }

    @Test
    void simulatesWhereTheImageIsNotThereAndTheRegistryIsSlow() throws IOException {
        try (FakeDocker docker = new FakeDocker(false, true)) {
            assertSimulated(docker.address(), "rancher/k3s");
        }
    }

    @Test
    void takesK3sWhereTheImageIsThereAlthoughTheRegistryIsSlow() throws IOException {
        try (FakeDocker docker = new FakeDocker(true, true)) {
            assertThat(TargetChoice.auto(K3sImage.DEFAULT, docker.address()).target())
                    .isEqualTo("k3s");
        }
    }

    @Test
    void takesK3sWhereTheImageCanBePulled() throws IOException {
        try (FakeDocker docker = new FakeDocker(false, false)) {
            assertThat(TargetChoice.auto(K3sImage.DEFAULT, docker.address()).target())
                    .isEqualTo("k3s");
        }
    }

    private static void assertSimulated(String dockerHost, String why) {
        TargetChoice choice = assertTimeout(LIMIT, () -> TargetChoice.auto(K3sImage.DEFAULT, dockerHost));
        assertThat(choice.target()).isEqualTo("simulated");
        assertThat(choice.reason()).contains(why).endsWith(".").doesNotContain("\n");
    }

    /** Answers as much of the engine's API as the choice asks for. */
    private static final class FakeDocker implements AutoCloseable {

        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final CountDownLatch over = new CountDownLatch(1);
        private final boolean hasImage;
        private final boolean slowRegistry;
        private final HttpServer server;

        FakeDocker(boolean hasImage, boolean slowRegistry) throws IOException {
            this.hasImage = hasImage;
            this.slowRegistry = slowRegistry;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        }

        String address() {
            return "tcp://127.0.0.1:" + server.getAddress().getPort();
        }

        private void answer(HttpExchange exchange) throws IOException {
            String path = exchange.getRequestURI().getPath();
            boolean gateway = path.contains("alpine");
            if (path.contains("/distribution/") && slowRegistry && !gateway) {
                try {
                    over.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            boolean found = !path.contains("/images/") || hasImage || gateway;
            TinyApi.reply(exchange, found ? 200 : 404, "{}");
        }

        @Override
        public void close() {
            over.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
