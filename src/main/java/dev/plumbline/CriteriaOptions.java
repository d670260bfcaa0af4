package dev.plumbline;

import dev.plumbline.run.BadInput;
import dev.plumbline.run.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which criteria, with which manifests and profile: the options that verify and plan share. */
final class CriteriaOptions {

    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(s|m|h|seconds?|minutes?|hours?)");

    @Option(
            names = "--features",
            paramLabel = "DIR|FILE",
            split = ",",
            defaultValue = "features",
            description = "Where the features are. Default: ${DEFAULT-VALUE}")
    private List<Path> features = List.of();

    @Option(
            names = "--manifests",
            paramLabel = "DIR",
            defaultValue = "manifests",
            description = "The parent of the documents' manifests. Default: ${DEFAULT-VALUE}")
    private Path manifests = Path.of("manifests");

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "What differs between clusters. Default: ci/profiles/<document>.yaml")
    private @Nullable Path profile;

    @Option(
            names = "--tags",
            paramLabel = "EXPR",
            defaultValue = "",
            description = "Only scenarios that fit, such as '@core and not @changes-cluster'.")
    private String tags = "";

    List<Path> features() {
        return features;
    }

    /** @throws BadInput for a directory that was named and is not there; the usual one may be missing */
    Path manifests() {
        if (!manifests.equals(Path.of("manifests")) && !Files.isDirectory(manifests)) {
            throw new BadInput("--manifests " + manifests + ": no such directory; name the parent of the documents'"
                    + " manifests");
        }
        return manifests;
    }

    Optional<Path> profile() {
        return Optional.ofNullable(profile);
    }

    Selection selection() {
        return new Selection(tags, Optional.empty());
    }

    /** @throws BadInput for a text that is no duration */
    static Duration duration(String option, String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new BadInput(option + " is \"" + text + "\", expected a time such as 90s, 30m or 2h");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2).charAt(0)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
