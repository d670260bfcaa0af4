package dev.plumbline.report;

import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code evidence/<criterion>/}: what a criterion's verdict rests on, as files whose names are safe on every file system.
 */
record EvidenceFolder(String folder, List<EvidenceFile> files) {

    /** The most that is kept for one criterion. */
    static final int MOST_BYTES = 2 << 20;

    /** The media type of what a wait saw. */
    static final String TIMELINE = "text/tab-separated-values";

    private static final int LONGEST_NAME = 100;
    private static final String CUT = "\n[cut here: the evidence of one criterion is bounded to 2 MiB]\n";

    /** A file and what is in it. */
    record EvidenceFile(String name, String mediaType, String text) {}

    /** The evidence of all attempts, within the bound; names that clash are numbered. */
    static EvidenceFolder of(CriterionResult result) {
        Set<String> taken = new HashSet<>();
        List<EvidenceFile> files = new ArrayList<>();
        int left = MOST_BYTES;
        for (Evidence evidence : all(result)) {
            String text = within(left, evidence.text());
            left -= Math.min(left, utf8(text).length);
            files.add(new EvidenceFile(unique(fileName(evidence.name()), taken), evidence.mediaType(), text));
        }
        return new EvidenceFolder(fileName(result.criterion().id()), files);
    }

    /** Replaces what an earlier run wrote. */
    static void write(RunRecord run, Path place) throws IOException {
        AtomicFile.folder(place, root -> {
            for (CriterionResult result : run.criteria()) {
                of(result).writeInto(root);
            }
        });
    }

    private void writeInto(Path root) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        Path own = Files.createDirectories(root.resolve(folder));
        for (EvidenceFile file : files) {
            Files.writeString(own.resolve(file.name()), file.text());
        }
    }

    /** Whether a step leaves a file. */
    static boolean keeps(StepResult step) {
        return !step.evidence().isEmpty()
                || step.judgement()
                        .filter(judgement -> judgement.timeline().looks() > 0)
                        .isPresent();
    }

    /** What all waits saw, in one file, and then what the steps kept. */
    private static List<Evidence> all(CriterionResult result) {
        StringBuilder seen = new StringBuilder();
        List<Evidence> kept = new ArrayList<>();
        for (ScenarioResult scenario : result.scenarios()) {
            for (Attempt attempt : scenario.attempts()) {
                for (StepResult step : attempt.steps()) {
                    step.judgement()
                            .filter(judgement -> judgement.timeline().looks() > 0)
                            .ifPresent(judgement -> add(step, judgement.timeline(), seen));
                    kept.addAll(step.evidence());
                }
            }
        }
        if (!seen.isEmpty()) {
            kept.add(0, new Evidence("timeline.tsv", TIMELINE, "# from\tto\tlooks\tseen\n" + seen));
        }
        return kept;
    }

    private static void add(StepResult step, Timeline timeline, StringBuilder text) {
        text.append("# ").append(step.keyword()).append(' ').append(step.text()).append('\n');
        for (Timeline.Stretch stretch : timeline.stretches()) {
            text.append(stretch.from()).append('\t').append(stretch.to()).append('\t');
            text.append(stretch.looks()).append('\t');
            text.append(stretch.seen().toString().replace("\n", "\\n")).append('\n');
        }
        if (timeline.dropped() > 0) {
            text.append("# ").append(timeline.dropped()).append(" stretches in the middle were not kept\n");
        }
    }

    private static String within(int bytes, String text) {
        byte[] all = utf8(text);
        if (all.length <= bytes) {
            return text;
        }
        int keep = Math.max(0, bytes - CUT.length());
        while (keep > 0 && (all[keep] & 0xC0) == 0x80) {
            keep--;
        }
        return new String(all, 0, keep, StandardCharsets.UTF_8) + CUT;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A name without separators, control characters or a leading dot. */
    static String fileName(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
        String ending = safe.contains(".") ? safe.substring(safe.lastIndexOf('.')) : "";
        if (safe.length() > LONGEST_NAME) {
            safe = safe.substring(0, LONGEST_NAME - Math.min(10, ending.length()))
                    + (ending.length() > 10 ? "" : ending);
        }
        return safe.isEmpty() ? "unnamed" : safe;
    }

    private static String unique(String name, Set<String> taken) {
        int dot = name.lastIndexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        String candidate = name;
        for (int number = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); number++) {
            candidate = base + "-" + number + ending;
        }
        return candidate;
    }
}
