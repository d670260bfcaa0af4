package dev.plumbline;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Lets Allure's own command line make one page of a run's results, without network and without telemetry. */
final class AllureHtml {

    private static final long LONGEST_SECONDS = 120;

    private final Path program;

    AllureHtml(Path program) {
        this.program = program;
    }

    /** The program that Maven unpacked in the folder of the jar that runs. */
    static Optional<Path> besideTheJar() {
        try {
            Path jar = Path.of(AllureHtml.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files =
                    Files.find(jar.resolveSibling("allure"), 3, (file, is) -> file.endsWith("bin/allure"))) {
                return files.sorted().findFirst();
            }
        } catch (IOException | URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Writes {@code allure.html} beside the results; says why when it could not. */
    Optional<String> render(Path reports) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("plumbline-allure");
        try {
            ProcessBuilder allure = new ProcessBuilder(List.of(
                            "sh",
                            program.toString(),
                            "generate",
                            reports.resolve("allure-results").toString(),
                            "--single-file",
                            "--clean",
                            "--output",
                            folder.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile());
            // Only the word "true" keeps Allure from reporting its use and from loading a script of a third party.
            allure.environment().put("ALLURE_NO_ANALYTICS", "true");
            Process process = allure.start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                return Optional.of("allure.html was not made: Allure took longer than " + LONGEST_SECONDS + " s");
            }
            Path page = folder.resolve("index.html");
            if (process.exitValue() != 0 || !Files.exists(page)) {
                return Optional.of("allure.html was not made: Allure ended with " + process.exitValue());
            }
            Files.move(page, reports.resolve("allure.html"), StandardCopyOption.REPLACE_EXISTING);
            return Optional.empty();
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
