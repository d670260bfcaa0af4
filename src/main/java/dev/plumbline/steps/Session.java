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
 * @param written the directory that steps name, if {@code manifests} is a copy of it
 * @param runId on the label of everything that the run creates
 * @param delivery brings manifests in, by Git where Flux can be had
 * @param notes takes what the steps find
 * @param interlude comes between a scenario's Givens and the rest of it
 * @param mask learns the secrets that steps make, so that no output shows them
 */
public record Session(
        Target target,
        Profile profile,
        Path manifests,
        Path written,
        String runId,
        Ledger ledger,
        GitDelivery delivery,
        Notes notes,
        Interlude interlude,
        Mask mask) {

    /** Where a directory is that a step names: in the copy, if it is one of the manifests. */
    Path place(Path directory) {
        Path named = directory.toAbsolutePath().normalize();
        Path original = written.toAbsolutePath().normalize();
        return named.startsWith(original)
                ? manifests.resolve(original.relativize(named).toString())
                : directory;
    }
}
