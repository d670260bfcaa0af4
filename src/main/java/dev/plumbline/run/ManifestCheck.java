package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.policy.Finding;
import dev.plumbline.policy.ManifestReader;
import dev.plumbline.policy.Manifests;
import dev.plumbline.policy.SchemaRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the manifests that the selected scenarios would bring in, before anything is started. */
final class ManifestCheck {

    static final Pattern APPLIED = Pattern.compile("the manifests in \"([^\"]+)\" are applied");
    static final Pattern DEPLOYED = Pattern.compile("the \"([^\"]+)\" manifests are deployed from Git");

    private final Path manifests;
    private final Profiles profiles;
    private final SchemaRule schema = new SchemaRule();

    ManifestCheck(Path manifests, Profiles profiles) {
        this.manifests = manifests;
        this.profiles = profiles;
    }

    /** @throws BadInput with a line for each finding: file, line, object, what is wrong */
    void check(List<Criterion> criteria) {
        Map<Path, String> directories = new LinkedHashMap<>();
        for (Criterion criterion : criteria) {
            criterion
                    .examples()
                    .forEach(example -> example.steps()
                            .forEach(step -> directory(criterion, step)
                                    .ifPresent(found -> directories.putIfAbsent(
                                            found, example.location() + ": step \"" + step + "\""))));
        }
        List<String> problems = new ArrayList<>();
        directories.forEach((directory, step) -> problems.addAll(check(directory, step)));
        if (!problems.isEmpty()) {
            throw new BadInput(problems.stream().distinct().toList());
        }
    }

    /** The directories that the scenarios of a criterion bring in. */
    List<Path> directories(Criterion criterion) {
        return criterion.examples().stream()
                .flatMap(example -> example.steps().stream())
                .flatMap(step -> directory(criterion, step).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private java.util.Optional<Path> directory(Criterion criterion, String step) {
        Matcher applied = APPLIED.matcher(step);
        if (applied.find()) {
            return java.util.Optional.of(
                    Path.of(profiles.of(criterion.document()).filled(applied.group(1)))
                            .normalize());
        }
        Matcher deployed = DEPLOYED.matcher(step);
        return deployed.find()
                ? java.util.Optional.of(manifests.resolve(deployed.group(1)))
                : java.util.Optional.empty();
    }

    private List<String> check(Path directory, String step) {
        if (!Files.isDirectory(directory)) {
            return List.of(step + ": there is no directory " + directory);
        }
        try {
            Manifests found = ManifestReader.read(directory);
            List<Finding> findings = new ArrayList<>(found.findings());
            findings.addAll(schema.check(found.manifests()));
            if (found.manifests().isEmpty() && findings.isEmpty()) {
                return List.of(step + ": there is no manifest in " + directory);
            }
            return findings.stream().map(Finding::toString).toList();
        } catch (IOException e) {
            return List.of(directory + ": cannot be read: " + e.getMessage());
        }
    }
}
