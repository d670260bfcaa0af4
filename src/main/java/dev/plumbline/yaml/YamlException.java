package dev.plumbline.yaml;

/** A file that is not the YAML that it should be; the message starts with file, line and column (from 1). */
public final class YamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final int line;
    private final int column;

    YamlException(String file, int line, int column, String problem) {
        super(file + ":" + line + ":" + column + ": " + problem);
        this.problem = problem;
        this.line = line;
        this.column = column;
    }

    /** What is wrong and in which column, without file and line. */
    public String placedProblem() {
        return problem + " (column " + column + ")";
    }

    public int line() {
        return line;
    }
}
