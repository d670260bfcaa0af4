package dev.plumbline.cluster;

/** What a command in a container did. */
public record CommandResult(int exitCode, String out, String err) {

    @Override
    public String toString() {
        String said = err.isBlank() ? "" : ", and to its error output \"" + err.strip() + "\"";
        return "exit status " + exitCode + ", printed \"" + out.strip() + "\"" + said;
    }
}
