package dev.plumbline.cluster;

import dev.plumbline.timing.Stopwatch;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the API server is alive. An open watch that says nothing may be a quiet cluster, or a server that hangs: after
 * some silence the server is asked, so that nobody takes old state for fresh.
 */
final class Pulse {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    private final HttpClient http;
    private final URI version;
    private final Duration silence;
    private final Duration answers;
    private final Runnable recovered;
    private final Stopwatch sinceSign = new Stopwatch();
    private final Stopwatch sinceAsked = new Stopwatch();
    private @Nullable String trouble;

    /**
     * @param recovered runs when the server answers again: what was watched may have been missed
     * @param silence after which it is asked
     * @param answers how long it may take to answer
     */
    Pulse(KubernetesClient client, Runnable recovered, Duration silence, Duration answers) {
        this.http = client.getHttpClient();
        this.version = URI.create(client.getMasterUrl().toString()).resolve("version");
        this.recovered = recovered;
        this.silence = silence;
        this.answers = answers;
    }

    /** Something came from the server. */
    void sign() {
        sinceSign.restart();
    }

    /** What keeps the server from being trusted; absent when it was heard of lately or answers now. */
    synchronized Optional<String> trouble() {
        if (sinceSign.elapsed().compareTo(silence) < 0) {
            return settle(null);
        }
        if (trouble != null && sinceAsked.elapsed().compareTo(ASK_AGAIN) < 0) {
            return Optional.of(trouble);
        }
        return settle(ask());
    }

    private Optional<String> settle(@Nullable String now) {
        boolean better = trouble != null && now == null;
        trouble = now;
        if (better) {
            recovered.run();
        }
        return Optional.ofNullable(now);
    }

    private @Nullable String ask() {
        try {
            http.sendAsync(http.newHttpRequestBuilder().uri(version).build(), String.class)
                    .get(answers.toMillis(), TimeUnit.MILLISECONDS);
            sign();
            return null;
        } catch (TimeoutException e) {
            return "it does not answer within " + answers.toMillis() + " ms";
        } catch (ExecutionException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted while asking";
        } finally {
            sinceAsked.restart();
        }
    }
}
