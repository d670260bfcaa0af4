package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.ImageModel.Start;
import dev.plumbline.simulation.system.prometheus.Exposition.Malformed;
import dev.plumbline.simulation.system.prometheus.SampleStore.SampleAt;
import dev.plumbline.simulation.system.prometheus.promql.Labels;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keeps the samples over a restart where the storage path lies on a volume. One line is a series with its samples. */
final class Snapshot {

    private final Files files;
    private final String path;
    private final boolean kept;

    Snapshot(Start start, String storagePath) {
        String directory = storagePath.replaceFirst("/+$", "");
        this.files = start.files();
        this.path = directory + "/samples";
        this.kept = start.container().getVolumeMounts().stream()
                .map(mount -> mount.getMountPath().replaceFirst("/+$", ""))
                .anyMatch(mount -> directory.equals(mount) || directory.startsWith(mount + "/"));
    }

    void save(SampleStore store) {
        if (!kept) {
            return;
        }
        StringBuilder text = new StringBuilder();
        store.forEach((labels, samples) -> line(text, labels, samples));
        files.write(path, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void line(StringBuilder text, Labels labels, List<SampleAt> samples) {
        text.append(metric(labels));
        for (SampleAt sample : samples) {
            text.append('\t').append(sample.time());
            text.append(' ').append(Long.toHexString(Double.doubleToRawLongBits(sample.value())));
        }
        text.append('\n');
    }

    private static String metric(Labels labels) {
        StringBuilder metric = new StringBuilder(labels.name()).append('{');
        labels.withoutName().asMap().forEach((name, value) -> {
            String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            metric.append(name).append("=\"").append(escaped.replace("\t", " ")).append("\",");
        });
        return metric.append('}').toString();
    }

    void restore(SampleStore store) {
        if (kept) {
            files.read(path)
                    .ifPresent(bytes ->
                            new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> restore(store, line)));
        }
    }

    private void restore(SampleStore store, String line) {
        String[] parts = line.split("\t", -1);
        try {
            Labels labels = Exposition.labels(parts[0]);
            for (int i = 1; i < parts.length; i++) {
                String[] sample = parts[i].split(" ", 2);
                double value = Double.longBitsToDouble(Long.parseUnsignedLong(sample[1], 16));
                store.append(labels, Long.parseLong(sample[0]), value);
            }
        } catch (Malformed e) {
            throw new IllegalStateException(path + " was not written by this model: " + line, e);
        }
    }
}
