package dev.plumbline.simulation.shell;

/** Input and outputs of a command. Text holds one byte a character. */
final class Streams {

    private final String in;
    private final StringBuffer out;
    private final StringBuffer err;
    private int read;

    Streams(String in, StringBuffer out, StringBuffer err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** What is left of the input. */
    String rest() {
        String rest = in.substring(read);
        read = in.length();
        return rest;
    }

    /** The next line without its end, null at the end of the input. */
    @org.jspecify.annotations.Nullable
    String line() {
        if (read >= in.length()) {
            return null;
        }
        int end = in.indexOf('\n', read);
        String line = in.substring(read, end < 0 ? in.length() : end);
        read = end < 0 ? in.length() : end + 1;
        return line;
    }

    StringBuffer out() {
        return out;
    }

    StringBuffer err() {
        return err;
    }

    void print(String text) {
        out.append(text);
    }

    void complain(String text) {
        err.append(text).append('\n');
    }

    Streams reading(String input) {
        return new Streams(input, out, err);
    }

    Streams writing(StringBuffer output) {
        return new Streams(in.substring(read), output, err);
    }

    Streams writing(StringBuffer output, StringBuffer errors) {
        Streams streams = new Streams(in, output, errors);
        streams.read = read;
        return streams;
    }
}
