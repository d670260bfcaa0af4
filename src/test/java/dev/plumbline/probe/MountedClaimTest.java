package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.verdict.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MountedClaimTest {

    private final ServiceFixture fixture = new ServiceFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private MountedClaim.Place place(String volume) {
        fixture.holds(
                "{kind: Pod, apiVersion: v1, metadata: {name: db-0, namespace: shop}, spec: {containers: [{name: c,"
                        + " volumeMounts: [{name: data, mountPath: /data}]}], volumes: [{name: data, " + volume
                        + "}]}}");
        var seen = new MountedClaim(fixture, "shop", "db-0", "/data").look();
        return ((Observation.Seen<MountedClaim.Place>) seen).value();
    }

    private void claim(String phase) {
        fixture.holds("{kind: PersistentVolumeClaim, apiVersion: v1, metadata: {name: data-db-0, namespace: shop},"
                + " status: {phase: " + phase + "}}");
    }

    @Test
    void aBoundClaimIsGood() {
        claim("Bound");

        assertThat(place("persistentVolumeClaim: {claimName: data-db-0}").boundClaim())
                .isTrue();
    }

    @Test
    void aClaimThatWaitsIsNot() {
        claim("Pending");

        assertThat(place("persistentVolumeClaim: {claimName: data-db-0}").boundClaim())
                .isFalse();
    }

    @Test
    void anEmptyDirIsNamedAsSuch() {
        assertThat(place("emptyDir: {}")).hasToString("on emptyDir");
    }
}
