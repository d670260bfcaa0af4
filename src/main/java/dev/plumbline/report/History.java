package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code history.jsonl}: one line a criterion and run, only ever appended to, so that Git merges it by keeping both
 * sides.
 *
 * @param lines in the order of the file
 * @param problems one line for each that could not be read and was skipped
 */
record History(List<HistoryLine> lines, List<String> problems) {

    static final History NONE = new History(List.of(), List.of());

    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    History {
        lines = List.copyOf(lines);
        problems = List.copyOf(problems);
    }

    /** Reads what is there; no file is an empty history. */
    static History read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return NONE;
        }
        List<HistoryLine> lines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String text : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1)) {
            number++;
            if (!text.isBlank()) {
                parse(text, file + ":" + number, lines, problems);
            }
        }
        return new History(lines, problems);
    }

    /** What was known when the run began. */
    History before(RunRecord run) {
        return new History(
                lines.stream().filter(line -> line.at().isBefore(run.started())).toList(), problems);
    }

    @SuppressWarnings("NullAway") // Jackson leaves null what a line does not have
    private static void parse(String text, String where, List<HistoryLine> lines, List<String> problems) {
        try {
            HistoryLine line = JSON.readValue(text, HistoryLine.class);
            if (line.target() == null || line.id() == null || line.verdict() == null || line.started() == null) {
                problems.add(where + ": skipped, expected target, id, verdict and started");
                return;
            }
            line.at();
            lines.add(line);
        } catch (JsonProcessingException e) {
            problems.add(where + ": skipped, not a JSON object of a history line: " + e.getOriginalMessage());
        } catch (DateTimeException e) {
            problems.add(where + ": skipped, 'started' is not an ISO-8601 time: " + e.getMessage());
        }
    }

    /** @throws IOException if nothing could be added to it */
    static void writable(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                .close();
    }

    /** Adds a run, on a new line even if an earlier writer was killed in the middle of one. */
    static void append(Path file, RunRecord run) throws IOException {
        StringBuilder text = new StringBuilder();
        for (CriterionResult result : run.criteria()) {
            text.append(JSON.writeValueAsString(HistoryLine.of(run, result))).append('\n');
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        String separator = endsInsideLine(file) ? "\n" : "";
        Files.writeString(file, separator + text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static boolean endsInsideLine(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.position(channel.size() - 1).read(last);
            return last.get(0) != '\n';
        }
    }
}
