package dev.plumbline.report;

import dev.plumbline.verdict.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the showcase, or records of a given size, into a folder: to look at them, and to time the rendering. */
final class RenderShowcase {

    private RenderShowcase() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        RunRecord run = arguments.length > 1 ? SampleRecords.large(Integer.parseInt(arguments[1])) : Showcase.run();
        Path history = folder.resolve("history.jsonl");
        List<String> lines = new ArrayList<>();
        for (HistoryLine line : Showcase.past().lines()) {
            lines.add(new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(line));
        }
        Files.write(history, lines);
        long before = System.nanoTime();
        new ReportFolder(new Mask()).write(run, List.of(), folder, history);
        System.out.println((System.nanoTime() - before) / 1_000_000 + " ms");
        new ConsoleReport(System.out, true, true, new Mask()).runFinished(run, folder);
    }
}
