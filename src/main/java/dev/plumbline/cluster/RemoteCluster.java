package dev.plumbline.cluster;

import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.Mask;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** A cluster behind an API server: the guarded client and what is made of it, the same for each real target. */
final class RemoteCluster implements AutoCloseable {

    private final Config config;
    private final KubernetesClient client;
    private final Kinds kinds;
    private final InformerFeeds feeds;
    private final SecretsSeen secrets = new SecretsSeen();

    RemoteCluster(Config config, Guard guard, Clock clock) {
        this.config = config;
        this.client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor(Guard.NAME, guard)
                        .addOrReplaceInterceptor(SecretsSeen.NAME, secrets))
                .build();
        this.kinds = new DiscoveredKinds(client);
        this.feeds = new InformerFeeds(client, clock);
    }

    KubernetesClient client() {
        return client;
    }

    /** The token of a provider changes; what it is now is made known. */
    void teach(Mask mask) {
        secrets.teach(mask);
        Stream.of(
                        config.getPassword(),
                        config.getOauthToken(),
                        config.getAutoOAuthToken(),
                        config.getClientKeyData(),
                        config.getClientKeyPassphrase())
                .filter(Objects::nonNull)
                .forEach(mask::secret);
        if (config.getClientKeyData() != null) {
            byte[] key = Base64.getMimeDecoder().decode(config.getClientKeyData());
            mask.secret("client-key", new String(key, StandardCharsets.UTF_8), true);
        }
        credentials().values().stream()
                .map(header -> header.replaceFirst("^\\w+ ", ""))
                .forEach(mask::secret);
    }

    Kinds kinds() {
        return kinds;
    }

    Feeds feeds() {
        return feeds;
    }

    /** Through the API server's service proxy, with the credentials of the kubeconfig. */
    ServiceAddress service(String namespace, String name, int port) {
        URI base = apiServer().resolve("api/v1/namespaces/" + namespace + "/services/" + name + ":" + port + "/proxy/");
        return new ServiceAddress(base, tls(), credentials());
    }

    private URI apiServer() {
        String url = client.getMasterUrl().toString();
        return URI.create(url.endsWith("/") ? url : url + "/");
    }

    private Optional<SSLContext> tls() {
        if (!apiServer().getScheme().equals("https")) {
            return Optional.empty();
        }
        try {
            return Optional.of(SSLUtils.sslContext(config));
        } catch (GeneralSecurityException | IOException e) {
            throw new TargetUnavailable("the certificates of the kubeconfig cannot be used: " + e.getMessage(), e);
        }
    }

    private Map<String, String> credentials() {
        String token = config.getOauthTokenProvider() != null
                ? config.getOauthTokenProvider().getToken()
                : Optional.ofNullable(config.getOauthToken()).orElse(config.getAutoOAuthToken());
        if (token != null) {
            return Map.of("Authorization", "Bearer " + token);
        }
        if (config.getUsername() != null && config.getPassword() != null) {
            String pair = config.getUsername() + ":" + config.getPassword();
            return Map.of(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return Map.of();
    }

    /** Runs a command in the first container of a pod. */
    CommandResult run(String namespace, String pod, String command, Duration atMost)
            throws Target.CommandNotRun, InterruptedException {
        Exec exec = new Exec();
        CompletableFuture<WebSocket> opening;
        try {
            URI uri = apiServer()
                    .resolve("api/v1/namespaces/" + namespace + "/pods/" + pod
                            + "/exec?stdout=true&stderr=true&container=" + firstContainer(namespace, pod)
                            + "&command=sh&command=-c&command=" + encode(command));
            opening = client.getHttpClient()
                    .newWebSocketBuilder()
                    .uri(uri)
                    .subprotocol(Exec.PROTOCOL)
                    .buildAsync(exec);
        } catch (KubernetesClientException e) {
            throw notRun(namespace, pod, String.valueOf(e.getMessage()));
        }
        try {
            CompletableFuture<CommandResult> answer = opening.thenCompose(socket -> exec.result());
            return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw notRun(namespace, pod, reason(namespace, Objects.requireNonNullElse(e.getCause(), e)));
        } catch (TimeoutException e) {
            throw notRun(namespace, pod, "it had not ended after " + atMost.toSeconds() + " s");
        } finally {
            opening.thenAccept(socket -> socket.sendClose(1000, "done"));
        }
    }

    private String firstContainer(String namespace, String pod) throws Target.CommandNotRun {
        Pod found = client.pods().inNamespace(namespace).withName(pod).get();
        if (found == null) {
            throw notRun(namespace, pod, "there is no such pod");
        }
        return found.getSpec().getContainers().get(0).getName();
    }

    private static String reason(String namespace, Throwable failure) {
        if (failure instanceof WebSocketHandshakeException refused) {
            int code = refused.getResponse().code();
            return code == 403
                    ? "no permission: the right \"get\" (from Kubernetes 1.35 on \"create\") on pods/exec in the core"
                            + " group is missing in namespace \"" + namespace + "\""
                    : "the API server answered " + code + ", so its container is probably not running";
        }
        return String.valueOf(failure.getMessage());
    }

    private static Target.CommandNotRun notRun(String namespace, String pod, String why) {
        return new Target.CommandNotRun(
                "the command was not run in pod \"" + pod + "\" in namespace \"" + namespace + "\": " + why, false);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        feeds.close();
        client.close();
    }
}
