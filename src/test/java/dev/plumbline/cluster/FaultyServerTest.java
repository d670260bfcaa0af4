package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.lab.FaultProxy;
import dev.plumbline.timing.WallClock;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Verdict;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that is busy, ill, slow, or loses watches and connections: no false verdict, no flood of requests. */
final class FaultyServerTest {

    private final WallClock clock = new WallClock();
    private TinyApi api;
    private FaultProxy proxy;
    private FaultyWaits waits;

    @BeforeEach
    void start() throws IOException, NoSuchAlgorithmException {
        api = new TinyApi();
        proxy = new FaultProxy(URI.create(api.address()), SSLContext.getDefault());
        waits = new FaultyWaits(proxy, clock, "shop", (name, value) -> api.put("shop", name, value));
    }

    @AfterEach
    void stop() throws IOException {
        waits.close();
        proxy.close();
        api.close();
    }

    @Test
    void aServerThatIsBusyForAMomentIsAskedAgainWhenItSaid() throws Exception {
        waits.begin();
        proxy.refuse(429, Duration.ofSeconds(1));
        waits.pass(Duration.ofMillis(700));
        proxy.well();
        assertThat(waits.stays().verdict()).isEqualTo(Verdict.PASS);
        assertThat(waits.never().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(proxy.requests).hasSizeLessThan(12);
    }

    @Test
    void aServerThatOnlyRefusesLeavesAGap() throws Exception {
        for (int status : new int[] {429, 500}) {
            proxy.well();
            waits.begin();
            proxy.refuse(status);
            int before = proxy.requests.size();
            gap(waits.stays(), "answered " + status);
            gap(waits.never(), "answered " + status);
            assertThat(proxy.requests.size() - before).isLessThan(10);
            waits.anew();
        }
    }

    @Test
    void aServerThatIsSlowerThanThePatienceLeavesAGap() throws Exception {
        waits.begin();
        proxy.slow(Duration.ofSeconds(3));
        gap(waits.stays(), "does not answer within");
        gap(waits.never(), "does not answer within");
    }

    @Test
    void connectionsThatAreClosedWithoutAnAnswerLeaveAGap() throws Exception {
        waits.begin();
        proxy.lose();
        proxy.breakWatches();
        int before = proxy.requests.size();
        gap(waits.stays(), "cannot be reached");
        gap(waits.never(), "cannot be reached");
        assertThat(proxy.requests.size() - before).isLessThan(10);
    }

    @Test
    void connectionsThatAreResetLeaveAGap() throws Exception {
        waits.begin();
        proxy.reset();
        int before = proxy.requests.size();
        gap(waits.stays(), "cannot be reached");
        gap(waits.never(), "cannot be reached");
        assertThat(proxy.requests.size() - before).isLessThan(10);
        URI address = URI.create(proxy.address());
        try (Socket client = new Socket(address.getHost(), address.getPort())) {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(client.getInputStream()::read)
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
        }
    }

    @Test
    void aConnectionThatIsResetOnceLosesNothing() throws Exception {
        waits.begin();
        proxy.resetOnce();
        waits.put("holds", "red");
        waits.put("holds", "blue");
        assertThat(waits.stays().verdict()).as(waits.stays().reason()).isEqualTo(Verdict.FAIL);
        assertThat(waits.never().verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aWatchThatBreaksLosesNothing() throws Exception {
        waits.begin();
        proxy.breakWatches();
        waits.put("holds", "red");
        waits.put("holds", "blue");
        assertThat(waits.stays().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(waits.never().verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aWatchThatExpiresHidesNoChange() throws Exception {
        waits.begin();
        proxy.swallowEvents();
        waits.put("holds", "red");
        waits.put("holds", "blue");
        proxy.expireWatches();
        proxy.well();
        Judgement stays = waits.stays();
        assertThat(stays.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(stays.reason()).contains("not observable for");
        assertThat(waits.never().verdict()).isEqualTo(Verdict.FAIL);
    }

    private static void gap(Judgement judged, String why) {
        assertThat(judged.verdict()).as(judged.reason()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judged.reason()).contains("not observable for", why);
        assertThat(judged.timeline().hasGap()).isTrue();
    }
}
