package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line as a process of its own, in a directory of its own, where it writes {@code reports/}. */
final class Child implements AutoCloseable {

    private final Path directory;
    private final Process process;

    private Child(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    static Child verify(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.plumbline.Plumbline",
                "verify",
                "--reports",
                "reports",
                "--history",
                "reports/history.jsonl"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PLUMBLINE_"));
        builder.environment()
                .put("GITHUB_STEP_SUMMARY", directory.resolve("summary.md").toString());
        return new Child(directory, builder.start());
    }

    /** Returns when one of its files, which may not be there yet, holds the text. */
    void awaitIn(String file, String text) throws IOException, InterruptedException {
        Path path = directory.resolve(file);
        while (!Files.exists(path) || !Files.readString(path).contains(text)) {
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
                    .as("ended too early")
                    .isFalse();
        }
    }

    void signal(String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    }

    Bench.Run ended() throws IOException, InterruptedException {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
        return new Bench.Run(directory, process.exitValue(), said("out"), said("err"));
    }

    private String said(String file) throws IOException {
        return Files.readString(directory.resolve(file), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
