package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.verdict.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VeleroTaskTest {

    private final ServiceFixture fixture = new ServiceFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private VeleroTask.State state(String status) {
        fixture.holds(
                "{kind: Backup, apiVersion: velero.io/v1, metadata: {name: b1, namespace: velero}" + status + "}");
        var seen = new VeleroTask(fixture, "Backup", "velero", "b1").look();
        return ((Observation.Seen<VeleroTask.State>) seen).value();
    }

    @Test
    void isNewUntilVeleroLooksAtIt() {
        assertThat(state("").ended()).isFalse();
    }

    @Test
    void isCompletedWithoutErrors() {
        assertThat(state(", status: {phase: Completed, warnings: 1}").completed())
                .isTrue();
    }

    @Test
    void aPartialFailureEndsItAndSaysWhy() {
        var state = state(", status: {phase: PartiallyFailed, errors: 2, failureReason: no space}");

        assertThat(state.ended()).isTrue();
        assertThat(state.completed()).isFalse();
        assertThat(state).hasToString("PartiallyFailed, 2 errors: no space");
    }
}
