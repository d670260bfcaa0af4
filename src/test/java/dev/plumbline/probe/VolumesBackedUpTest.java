package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.verdict.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VolumesBackedUpTest {

    private static final String CLAIM =
            "{kind: PersistentVolumeClaim, apiVersion: v1, metadata: {name: data-0, namespace: databases, uid: u1}}";

    private final ServiceFixture fixture = new ServiceFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Observation<VolumesBackedUp.Coverage> look() {
        return new VolumesBackedUp(fixture, "velero", "b1", "databases").look();
    }

    private boolean complete() {
        return ((Observation.Seen<VolumesBackedUp.Coverage>) look()).value().complete();
    }

    private static String volume(String backup, String phase, String claim) {
        return "{kind: PodVolumeBackup, apiVersion: velero.io/v1, metadata: {name: v, namespace: velero, labels:"
                + " {velero.io/backup-name: " + backup + "}, annotations: {velero.io/pvc-name: " + claim + "}},"
                + " spec: {pod: {namespace: databases, name: p}}, status: {phase: " + phase + "}}";
    }

    @Test
    void isCompleteWhenEachClaimHasACompletedBackup() {
        fixture.holds(CLAIM).holds(volume("b1", "Completed", "data-0"));

        assertThat(complete()).isTrue();
    }

    @Test
    void anotherClaimsBackupOrAnotherBackupOrAFailedOneDoesNotCount() {
        fixture.holds(CLAIM)
                .holds(volume("b1", "Completed", "data-1"))
                .holds(volume("b2", "Completed", "data-0"))
                .holds(volume("b1", "Failed", "data-0"));

        assertThat(complete()).isFalse();
        assertThat(look()).hasToString("0 of 1 claims backed up, not data-0");
    }

    @Test
    void knowsAClaimByItsUidToo() {
        fixture.holds(CLAIM)
                .holds(
                        "{kind: PodVolumeBackup, apiVersion: velero.io/v1, metadata: {name: v, namespace: velero, labels:"
                                + " {velero.io/backup-name: b1}}, spec: {tags: {pvc-uid: u1}, pod: {namespace: databases}},"
                                + " status: {phase: Completed}}");

        assertThat(complete()).isTrue();
    }

    @Test
    void aNamespaceWithoutClaimsSaysNothing() {
        assertThat(look()).isInstanceOf(Observation.Unreachable.class);
    }
}
