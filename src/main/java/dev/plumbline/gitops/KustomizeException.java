package dev.plumbline.gitops;

/** A kustomization that cannot be rendered; the message names the file and what is wrong with it. */
public final class KustomizeException extends Exception {
    private static final long serialVersionUID = 1L;

    KustomizeException(String message) {
        super(message);
    }

    KustomizeException(String message, Throwable cause) {
        super(message, cause);
    }
}
