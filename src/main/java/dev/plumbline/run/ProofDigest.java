package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.profile.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A digest of all that a criterion's proof is about: its feature file, its faults, its manifests, its profile. */
final class ProofDigest {

    private final Prepared prepared;
    private final Faults faults;
    private final ManifestCheck manifests;
    private final Map<Path, String> known = new HashMap<>();

    ProofDigest(Prepared prepared, Faults faults) {
        this.prepared = prepared;
        this.faults = faults;
        this.manifests = new ManifestCheck(prepared.options().manifests(), prepared.profiles());
    }

    String of(Criterion criterion) {
        MessageDigest digest = sha256();
        add(digest, of(Path.of(criterion.location().file())));
        faults.of(criterion)
                .forEach(fault -> add(digest, fault.fault() + fault.red() + fault.verdict() + fault.also()));
        add(digest, of(prepared.options().manifests().resolve(criterion.document())));
        manifests.directories(criterion).forEach(directory -> add(digest, of(directory)));
        Profile profile = prepared.profiles().of(criterion.document());
        add(digest, new TreeMap<>(profile.values()).toString());
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of a file or of all files of a directory; of what is not there, too. */
    private String of(Path place) {
        return known.computeIfAbsent(place, path -> {
            MessageDigest digest = sha256();
            try {
                for (Path file : files(path)) {
                    add(digest, path.relativize(file).toString());
                    digest.update(Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(path + " cannot be read", e);
            }
            return HexFormat.of().formatHex(digest.digest());
        });
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(path)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
