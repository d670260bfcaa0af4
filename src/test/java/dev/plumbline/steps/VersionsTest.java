package dev.plumbline.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.verdict.NotMeasured;
import org.junit.jupiter.api.Test;

/** Versions are compared by number, not by letter. */
class VersionsTest {

    @Test
    void numbersCount() {
        assertThat(Versions.compare("v2.9.4", "2.0.0")).isPositive();
        assertThat(Versions.compare("2.10", "2.9.9")).isPositive();
        assertThat(Versions.compare("v2.0.0-rc.1", "2.0")).isZero();
        assertThat(Versions.compare("v0.41.2", "2.0.0")).isNegative();
        assertThatThrownBy(() -> Versions.compare("latest", "2.0.0")).isInstanceOf(NotMeasured.class);
    }
}
