package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientWarmUpTest {

    @Test
    void endsByItselfAndKeepsNoProcessAlive() throws InterruptedException {
        Thread warmUp = ClientWarmUp.start();
        StringBuilder failure = new StringBuilder();
        warmUp.setUncaughtExceptionHandler((thread, exception) -> failure.append(exception));

        assertThat(warmUp.isDaemon()).isTrue();
        warmUp.join();
        assertThat(failure).isEmpty();
    }
}
