package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/plumbline} says what the jar says, whatever archive lies beside it. */
class LauncherTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void aProjectWithAJar() throws IOException {
        Files.createDirectories(directory.resolve("bin"));
        Files.copy(Path.of("bin", "plumbline"), directory.resolve("bin/plumbline"), StandardCopyOption.COPY_ATTRIBUTES);
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, Plumbline.class.getName());
        main.put(Attributes.Name.CLASS_PATH, classPath());
        Path jar = Files.createDirectories(directory.resolve("target")).resolve("plumbline.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .map(place -> Path.of(place).toUri().toString())
                .collect(Collectors.joining(" "));
    }

    @Test
    void anArchiveThatDoesNotFitIsLeftOutInSilence() throws Exception {
        Said without = run("--version");
        Files.writeString(directory.resolve("target/plumbline.jsa"), "of another jar");
        assertThat(run("--version")).isEqualTo(without);
        assertThat(without.exitCode()).isZero();
        assertThat(without.out()).startsWith("plumbline ").hasLineCount(1);
    }

    @Test
    void argumentsAndExitCodeAreHandedOn() throws Exception {
        Said refused = run("verify", "--tags", "@a and", "--features", "no such directory");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).contains("no such directory");
    }

    private record Said(int exitCode, String out) {}

    private Said run(String... arguments) throws Exception {
        Path out = directory.resolve("out");
        List<String> command = Stream.concat(
                        Stream.of(directory.resolve("bin/plumbline").toString()), Arrays.stream(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        int exitCode = process.waitFor();
        return new Said(exitCode, Files.readString(out));
    }
}
