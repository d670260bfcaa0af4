package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.plumbline.criterion.SourceLine;
import dev.plumbline.criterion.Tier;
import dev.plumbline.verdict.Verdict;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * {@code gl-code-quality-report.json}: what does not hold, at its line of the feature file, as GitLab shows it beside a
 * merge request (docs.gitlab.com/ci/testing/code_quality, the report's format).
 */
final class CodeQuality {

    static final String NAME = "gl-code-quality-report.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private CodeQuality() {}

    record Finding(String description, String check_name, String fingerprint, String severity, Location location) {}

    record Location(String path, Lines lines) {}

    record Lines(int begin) {}

    static String of(RunRecord run) {
        List<Finding> findings = run.criteria().stream()
                .filter(result -> result.verdict().compareTo(Verdict.PASS) < 0)
                .map(result -> finding(run, result))
                .toList();
        try {
            return JSON.writeValueAsString(findings) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(NAME + " cannot be written as JSON", e);
        }
    }

    private static Finding finding(RunRecord run, CriterionResult result) {
        SourceLine place = result.scenarios().stream()
                .filter(scenario -> scenario.verdict() == result.verdict())
                .findFirst()
                .map(scenario -> scenario.example().location())
                .orElse(result.criterion().location());
        return new Finding(
                (run.simulated() ? "SIMULATED: " : "") + result.criterion().id() + " " + result.verdict() + ": "
                        + result.reason().lines().findFirst().orElse(""),
                result.criterion().id(),
                fingerprint(run.target() + " " + result.criterion().id()),
                severity(result),
                new Location(place.file(), new Lines(place.line())));
    }

    /** The same from run to run, so that GitLab sees what is new and what is solved. */
    private static String fingerprint(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }

    private static String severity(CriterionResult result) {
        return switch (result.verdict()) {
            case FAIL, FLAKY -> result.criterion().tier() == Tier.CORE ? "blocker" : "critical";
            case INCONCLUSIVE -> "major";
            case BLOCKED -> "minor";
            default -> "info";
        };
    }
}
