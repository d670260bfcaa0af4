package dev.plumbline.yaml;

/** A file that is not the YAML that it should be; the message starts with file, line and column (from 1). */
public final class YamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final int line;

    YamlException(String file, int line, int column, String problem) {
        super(file + ":" + line + ":" + column + ": " + problem);
        this.problem = problem;
        this.line = line;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }

    public int line() {
        return line;
    }
}
