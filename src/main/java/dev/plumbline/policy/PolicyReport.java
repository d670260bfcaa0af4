package dev.plumbline.policy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What rules find in a directory.
 *
 * @param files how many files were looked at
 * @param concerned how many objects the rules have something to say about
 */
public record PolicyReport(List<Finding> findings, int files, int concerned) {

    /** @throws IOException when the directory cannot be read */
    public static PolicyReport of(Path directory, List<Rule> rules) throws IOException {
        Manifests manifests = ManifestReader.read(directory);
        List<Finding> findings = new ArrayList<>(manifests.findings());
        for (Rule rule : rules) {
            findings.addAll(rule.check(manifests.manifests()));
        }
        List<Path> files = files(directory);
        for (Path file : files) {
            List<String> lines = lines(file);
            rules.forEach(rule -> findings.addAll(rule.checkFile(file.toString(), lines)));
        }
        long concerned = manifests.manifests().stream()
                .filter(manifest -> rules.stream().anyMatch(rule -> rule.concerns(manifest)))
                .count();
        return new PolicyReport(List.copyOf(findings), files.size(), (int) concerned);
    }

    /** Whether something is refused; warnings are only shown. */
    public boolean refused() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            return List.of(); // no text
        }
    }
}
