package dev.plumbline.report;

import dev.plumbline.verdict.Mask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What runs the run, as far as its environment says, and is told in its own words beside the files that each can read.
 *
 * @param summary where GitHub takes the summary of a step from
 * @param gitLab whether it is GitLab
 */
public record CiServer(Optional<Path> summary, boolean gitLab) {

    /** @param environment the variables of this process */
    public static CiServer in(Map<String, String> environment) {
        return new CiServer(
                Optional.ofNullable(environment.get(StepSummary.VARIABLE)).map(Path::of),
                !environment.getOrDefault("GITLAB_CI", "").isEmpty());
    }

    /** @throws IOException if a place cannot be written */
    public void tell(RunRecord record, Mask mask, Path reports) throws IOException {
        if (gitLab) {
            AtomicFile.text(reports.resolve(CodeQuality.NAME), CodeQuality.of(MaskedRecord.of(record, mask)));
        }
        if (summary.isPresent()) {
            StepSummary.append(record, mask, summary.get());
        }
    }
}
