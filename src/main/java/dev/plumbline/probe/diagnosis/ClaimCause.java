package dev.plumbline.probe.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a PersistentVolumeClaim is not bound. */
final class ClaimCause {

    private static final String DEFAULT_CLASS = "/metadata/annotations/storageclass.kubernetes.io~1is-default-class";

    private final Around around;

    ClaimCause(Around around) {
        this.around = around;
    }

    Optional<String> of(Live claim) {
        if (claim.text("/status/phase").equals("Bound")) {
            return Optional.empty();
        }
        return storageClass(claim)
                .or(() -> around.told(claim, "ProvisioningFailed", "FailedBinding")
                        .map(said -> ".status.phase is Pending: " + said))
                .map(cause -> claim.words() + " " + cause);
    }

    private Optional<String> storageClass(Live claim) {
        List<Live> classes = around.ofKind("StorageClass");
        String wanted = claim.text("/spec/storageClassName");
        if (around.troubles().stream().anyMatch(trouble -> trouble.startsWith(Core.STORAGE_CLASS.plural()))) {
            return Optional.empty();
        }
        if (wanted.isEmpty()) {
            boolean usual =
                    classes.stream().anyMatch(one -> one.text(DEFAULT_CLASS).equals("true"));
            return usual
                    ? Optional.empty()
                    : Optional.of(".spec.storageClassName is not set, and no StorageClass is the default");
        }
        boolean there = classes.stream().anyMatch(one -> one.name().equals(wanted));
        return there
                ? Optional.empty()
                : Optional.of(
                        ".spec.storageClassName is \"" + wanted + "\", which is not there; StorageClasses that are: "
                                + (classes.isEmpty()
                                        ? "none"
                                        : classes.stream().map(Live::name).collect(Collectors.joining(", "))));
    }
}
