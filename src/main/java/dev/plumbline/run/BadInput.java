package dev.plumbline.run;

import java.util.List;

/** Input that cannot be used. Nothing has been created yet when it is thrown; the run ends with exit code 2. */
public final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final List<String> problems;

    /** @param problems one line each: file and line, what is wrong, what was expected */
    public BadInput(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public BadInput(String problem) {
        this(List.of(problem));
    }

    public List<String> problems() {
        return problems;
    }
}
