package dev.plumbline.simulation.system.velero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {

    @ParameterizedTest
    @CsvSource({
        "0 2 * * *, 2026-01-01T00:00:00Z, 2026-01-01T02:00:00Z",
        "0 2 * * *, 2026-01-01T02:00:00Z, 2026-01-02T02:00:00Z",
        "0 3 * * 0, 2026-01-01T00:00:00Z, 2026-01-04T03:00:00Z",
        "0 3 * * SUN, 2026-01-01T00:00:00Z, 2026-01-04T03:00:00Z",
        "*/15 * * * *, 2026-01-01T00:16:10Z, 2026-01-01T00:30:00Z",
        "30 4 1 * 1, 2026-01-02T00:00:00Z, 2026-01-05T04:30:00Z",
        "@every 6h, 2026-01-01T00:00:00Z, 2026-01-01T06:00:00Z",
        "@weekly, 2026-01-01T00:00:00Z, 2026-01-04T00:00:00Z"
    })
    void findsTheNextTime(String cron, String last, String next) {
        assertThat(Cron.parse(cron).after(Instant.parse(last))).isEqualTo(Instant.parse(next));
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThatThrownBy(() -> Cron.parse("0 25 * * *")).hasMessageContaining("0-23");
        assertThatThrownBy(() -> Cron.parse("daily")).hasMessageContaining("5 fields");
    }
}
