package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Allure's own page of a run, made by the program that the build unpacks. */
class AllureHtmlTest {

    /** How the single file holds what would be files beside it. */
    private static final Pattern HELD = Pattern.compile("d\\('[^']*','([A-Za-z0-9+/=]+)'\\)");

    @TempDir
    private Path directory;

    @Test
    void onePageThatAsksNobodyAndDoesNotNameTheMachine() throws IOException, InterruptedException {
        Path features = Files.createDirectory(directory.resolve("features"));
        Files.writeString(
                features.resolve("some.feature"),
                "Feature: F\n  @criterion:X-01\n  Rule: R\n    Scenario: S\n"
                        + "      Then Namespace \"none\" in namespace \"none\" exists within 1 second\n");
        Path reports = directory.resolve("reports");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.plumbline.Plumbline",
                        "verify",
                        "--target",
                        "simulated",
                        "--reports",
                        "reports",
                        "--allure",
                        program().toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        String page = Files.readString(reports.resolve("allure.html"));
        String held = HELD.matcher(page)
                .results()
                .map((MatchResult found) ->
                        new String(Base64.getDecoder().decode(found.group(1)), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
        assertThat(held).contains("X-01", "Namespace \\\"none\\\"");
        for (String text : new String[] {page, held}) {
            assertThat(text.contains(directory.toString())).as("a path").isFalse();
            assertThat(text.contains(Path.of("").toAbsolutePath().toString()))
                    .as("a path")
                    .isFalse();
            assertThat(text.contains("\"" + InetAddress.getLocalHost().getHostName() + "\""))
                    .as("the host's name")
                    .isFalse();
        }
        assertThat(Pattern.compile("googletagmanager|google-analytics|<script[^>]* src=\"https?:")
                        .matcher(page)
                        .find())
                .as("telemetry, or a script from elsewhere")
                .isFalse();
    }

    private static Path program() throws IOException {
        try (Stream<Path> files =
                Files.find(Path.of("target", "allure"), 3, (file, is) -> file.endsWith("bin/allure"))) {
            return files.findFirst().orElseThrow().toAbsolutePath();
        }
    }
}
