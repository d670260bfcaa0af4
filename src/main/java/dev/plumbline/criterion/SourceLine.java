package dev.plumbline.criterion;

/** A place in a feature file or manifest. The file is relative to the working directory, the line counts from 1. */
public record SourceLine(String file, int line) implements Comparable<SourceLine> {

    @Override
    public int compareTo(SourceLine other) {
        int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
