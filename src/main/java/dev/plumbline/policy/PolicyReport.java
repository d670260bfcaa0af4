package dev.plumbline.policy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What rules find in a directory.
 *
 * @param files how many files were looked at
 * @param concerned how many objects and texts the rules have something to say about
 */
public record PolicyReport(List<Finding> findings, int files, int concerned) {

    /** @throws IOException when the directory cannot be read */
    public static PolicyReport of(Path directory, List<Rule> rules) throws IOException {
        Manifests manifests = ManifestReader.read(directory);
        List<Finding> findings = new ArrayList<>(manifests.findings());
        List<TextFile> texts = TextFile.in(directory, manifests.manifests());
        List<TextFile> files = texts.stream().filter(TextFile::isFile).toList();
        for (TextFile file : files) {
            List<String> lines = file.content().lines().toList();
            rules.forEach(rule -> findings.addAll(rule.checkFile(file.file(), lines)));
        }
        rules.forEach(rule -> findings.addAll(rule.check(manifests.manifests(), texts)));
        long objects = manifests.manifests().stream()
                .filter(manifest -> rules.stream().anyMatch(rule -> rule.concerns(manifest)))
                .count();
        long others = texts.stream()
                .filter(text -> rules.stream().anyMatch(rule -> rule.concerns(text)))
                .count();
        return new PolicyReport(List.copyOf(findings), files.size(), (int) (objects + others));
    }

    /** Whether something is refused; warnings are only shown. */
    public boolean refused() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
