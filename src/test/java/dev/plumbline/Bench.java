package dev.plumbline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/** Writes criteria into a directory and runs them through the command line in this JVM, on the simulated target. */
final class Bench {

    /** Stands in the environment as a password. */
    static final String SECRET = "c4n4ry/of+bench";

    private final Path directory;
    private final Faults faults = new Faults();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final ByteArrayOutputStream saidErr = new ByteArrayOutputStream();
    private String summary;
    private @Nullable Run last;

    Bench(Path directory) {
        this.directory = directory;
        this.summary = directory.resolve("summary.md").toString();
    }

    /** Where the summary of the run's step goes, as a workflow would name it. */
    Bench summarizingTo(String file) {
        summary = file;
        return this;
    }

    /** What is to go wrong. */
    Faults faults() {
        return faults;
    }

    /** {@code DIR} in the text is the bench's directory, here and in all that follows. */
    Path feature(String text) throws IOException {
        return write("features/some.feature", text);
    }

    void manifest(String folder, String text) throws IOException {
        write(folder + "/object.yaml", text);
    }

    void profile(String waivers) throws IOException {
        write("profile.yaml", "waivers:\n" + waivers);
    }

    Path write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text.replace("DIR", directory.toString()));
    }

    Path path(String file) {
        return directory.resolve(file);
    }

    /** Signals this JVM and waits to be interrupted for it. A second signal would end the JVM: only the first look gives one. */
    @Nullable
    Observation<GenericKubernetesResource> stop() {
        if (signalled.compareAndSet(false, true)) {
            Signal.raise(new Signal("TERM"));
            waitToBeInterrupted();
        }
        return null;
    }

    static void waitToBeInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Signals this JVM and returns when the run has heard it. */
    @Nullable
    Observation<GenericKubernetesResource> stopAndGoOn() throws InterruptedException {
        Signal.raise(new Signal("TERM"));
        while (!saidErr.toString(StandardCharsets.UTF_8).contains("SIGTERM")) {
            Thread.sleep(1);
        }
        return null;
    }

    void replaceReportsByAFile() {
        try (Stream<Path> files = Files.walk(path("reports"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
            Files.writeString(path("reports"), "a file");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Run last() {
        return Objects.requireNonNull(last);
    }

    Run verify(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(
                List.of("verify", "--target", "simulated", "--features", "DIR/features", "--reports", "DIR/reports"));
        all.addAll(List.of(arguments));
        if (!all.contains("--history")) {
            all.addAll(List.of("--history", "DIR/reports/history.jsonl"));
        }
        all.replaceAll(argument -> argument.replace("DIR", directory.toString()));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream saidOut = new ByteArrayOutputStream();
        saidErr.reset();
        System.setOut(new PrintStream(saidOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(saidErr, true, StandardCharsets.UTF_8));
        try {
            Map<String, String> environment = Map.of("GITHUB_STEP_SUMMARY", summary, "BENCH_PASSWORD", SECRET);
            int exitCode = Plumbline.execute(faults.commands(environment), all.toArray(String[]::new));
            last = new Run(
                    directory,
                    exitCode,
                    saidOut.toString(StandardCharsets.UTF_8),
                    saidErr.toString(StandardCharsets.UTF_8));
            return last;
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** How a run ended, and what it left in {@code reports/}. */
    record Run(Path directory, int exitCode, String out, String err) {

        String said() {
            return out + "\n" + err;
        }

        JsonNode statement() throws IOException {
            return new ObjectMapper().readTree(file("statement.json"));
        }

        String remarks() throws IOException {
            return statement().path("remarks").toString();
        }

        String file(String name) throws IOException {
            return Files.readString(directory.resolve("reports").resolve(name));
        }

        List<JsonNode> allureResults() throws IOException {
            List<JsonNode> results = new ArrayList<>();
            try (Stream<Path> files = Files.list(directory.resolve("reports/allure-results"))) {
                for (Path file : files.filter(path -> path.toString().endsWith("-result.json"))
                        .toList()) {
                    results.add(new ObjectMapper().readTree(file.toFile()));
                }
            }
            return results;
        }

        String allure() throws IOException {
            return allureResults().toString();
        }
    }
}
