package dev.plumbline.run;

/** There is no criterion to look at: an empty directory or selection never passes. The run ends with exit code 4. */
public final class NothingSelected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NothingSelected(String message) {
        super(message);
    }
}
