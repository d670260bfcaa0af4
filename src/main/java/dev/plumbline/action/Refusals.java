package dev.plumbline.action;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.NotMet;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.stream.Collectors;

/** What a refused write makes of a scenario: no permission or no server measures nothing, a refusal for cause is a failure. */
final class Refusals {

    private Refusals() {}

    /** Always throws. */
    static Error judged(String doing, ObjectRef ref, KubernetesClientException e) {
        throw judged(doing + " " + ref, Concern.with(ref.about()), e);
    }

    /** Always throws. */
    static Error judged(String doing, Concern concern, KubernetesClientException e) {
        if (e.getCause() instanceof InterruptedException) {
            throw new NotMeasured("interrupted before " + doing, e);
        }
        String why = message(e);
        if (e.getCode() == 403 || e.getCode() == 401) {
            throw new NotMeasured(
                    isAdmission(e)
                            ? doing + " was not admitted by the API server (403): " + why
                            : "no permission for " + doing + ": " + why,
                    e,
                    concern);
        }
        if (isMissingNamespace(e)) {
            throw new NotMeasured(doing + " measures nothing: " + why + "; apply the namespace before", e, concern);
        }
        if (e.getCode() >= 400 && e.getCode() < 500 && e.getCode() != 429) {
            throw new NotMet(doing + " was refused by the API server (" + e.getCode() + "): " + why, concern);
        }
        throw new NotMeasured(doing + " got no answer from the API server: " + why, e, concern);
    }

    /** Quotas, policies and accounts refuse with the code of a missing right, but name no user who lacks it. */
    private static boolean isAdmission(KubernetesClientException e) {
        return e.getCode() == 403
                && e.getStatus() != null
                && !message(e).contains("\" cannot ")
                && !message(e).contains("permissions not currently held");
    }

    private static boolean isMissingNamespace(KubernetesClientException e) {
        Status status = e.getStatus();
        return e.getCode() == 404
                && status != null
                && status.getDetails() != null
                && "namespaces".equals(status.getDetails().getKind());
    }

    static String message(KubernetesClientException e) {
        Status status = e.getStatus();
        if (status != null && status.getMessage() != null) {
            // whoever grants more than he has is told which rights in further lines
            return status.getMessage().lines().map(String::strip).collect(Collectors.joining(" "));
        }
        return e.getCause() != null && e.getCause().getMessage() != null
                ? e.getCause().getMessage()
                : String.valueOf(e.getMessage());
    }
}
