package dev.plumbline.gitops;

/** A remote repository could not be read: no connection, no such repository or branch, refused credentials. */
public final class GitException extends Exception {
    private static final long serialVersionUID = 1L;

    public GitException(String message, Throwable cause) {
        super(message, cause);
    }

    public GitException(String message) {
        super(message);
    }
}
