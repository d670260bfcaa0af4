package dev.plumbline.steps;

import dev.plumbline.policy.Manifest;
import dev.plumbline.policy.ManifestReader;
import dev.plumbline.policy.PolicyReport;
import dev.plumbline.policy.Rule;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotTried;
import dev.plumbline.verdict.Timeline;
import dev.plumbline.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The reference manifests as files, for steps that need no cluster. */
public final class StaticManifests {

    private final Path parent;

    public StaticManifests(Session session) {
        this.parent = session.manifests();
    }

    /** @throws NotTried blocked, when there is no such directory */
    Path directory(String name) {
        Path directory = parent.resolve(name);
        if (!Files.isDirectory(directory)) {
            throw NotTried.blocked("there are no manifests in " + directory + ", name their parent with --manifests");
        }
        return directory;
    }

    PolicyReport report(String name, List<Rule> rules) {
        try {
            return PolicyReport.of(directory(name), rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Manifest> ofKind(String name, String kind) {
        String plain = kind.replaceFirst("\\..*", "");
        try {
            return ManifestReader.read(directory(name)).manifests().stream()
                    .filter(manifest -> manifest.kind().equals(plain))
                    .filter(manifest -> plain.equals(kind) || kind.equals(plain + "." + manifest.group()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Judgement judged(boolean met, String subject, String reason, Measurement measurement) {
        return new Judgement(met ? Verdict.PASS : Verdict.FAIL, subject, reason, new Timeline(), List.of(measurement));
    }
}
