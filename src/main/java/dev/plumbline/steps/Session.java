package dev.plumbline.steps;

import dev.plumbline.action.GitDelivery;
import dev.plumbline.action.Ledger;
import dev.plumbline.cluster.Target;
import dev.plumbline.profile.Profile;
import dev.plumbline.verdict.Mask;
import java.nio.file.Path;

/**
 * What all scenarios of a document share on a target.
 *
 * @param manifests the directory whose folders are the documents' reference manifests
 * @param runId on the label of everything that the run creates
 * @param delivery brings manifests in, by Git where Flux can be had
 * @param notes takes what the steps find
 * @param mask learns the secrets that steps make, so that no output shows them
 */
public record Session(
        Target target,
        Profile profile,
        Path manifests,
        String runId,
        Ledger ledger,
        GitDelivery delivery,
        Notes notes,
        Mask mask) {}
