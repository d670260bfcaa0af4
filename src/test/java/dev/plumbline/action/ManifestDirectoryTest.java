package dev.plumbline.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.verdict.NotMeasured;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ManifestDirectoryTest {

    @TempDir
    private Path directory;

    @Test
    void whatStandsBesideADirectoryIsReadOnlyIfItIsReferredTo() throws IOException {
        write("base/settings.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n");
        write("base/kustomization.yaml", "resources: [settings.yaml]\n");
        write("app/kustomization.yaml", "resources: [../base]\nnamePrefix: my-\n");
        try (RandomAccessFile larger =
                new RandomAccessFile(write("dump.bin", "").toFile(), "rw")) {
            larger.setLength(3L << 30); // holes, more than an array can hold
        }

        assertThat(ManifestDirectory.objects(directory.resolve("app")))
                .extracting(object -> object.getMetadata().getName())
                .containsExactly("my-settings");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatCannotBeReadIsNamedAndNoBug() throws IOException {
        write("app/kustomization.yaml", "resources: [settings.yaml]\n");
        Files.createSymbolicLink(directory.resolve("app/settings.yaml"), Path.of("/proc/self/mem"));

        assertThatThrownBy(() -> ManifestDirectory.objects(directory.resolve("app")))
                .isInstanceOf(NotMeasured.class)
                .hasMessageContaining("settings.yaml cannot be read: ");
    }

    private Path write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }
}
