package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpWarmUpTest {

    @Test
    void endsByItselfAndKeepsNoProcessAlive() throws InterruptedException {
        Thread warmUp = HttpWarmUp.start();

        assertThat(warmUp.isDaemon()).isTrue();
        warmUp.join(Duration.ofSeconds(30).toMillis());
        assertThat(warmUp.isAlive()).isFalse();
    }
}
