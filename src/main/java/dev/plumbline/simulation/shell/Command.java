package dev.plumbline.simulation.shell;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A program that a shell can call. */
public interface Command {

    /** Runs it and returns its exit code. */
    int run(Call call);

    /** A call of a command: arguments without its name, and what it can use. */
    final class Call {
        private final String name;
        private final List<String> arguments;
        private final Context context;
        private final Streams streams;

        Call(String name, List<String> arguments, Context context, Streams streams) {
            this.name = name;
            this.arguments = arguments;
            this.context = context;
            this.streams = streams;
        }

        public String name() {
            return name;
        }

        public List<String> arguments() {
            return arguments;
        }

        public Map<String, String> variables() {
            return context.variables();
        }

        /** The standard input, decoded. */
        public String input() {
            return new String(Interpreter.bytes(streams.rest()), StandardCharsets.UTF_8);
        }

        public void print(String text) {
            streams.print(Interpreter.text(text.getBytes(StandardCharsets.UTF_8)));
        }

        public void complain(String line) {
            streams.complain(Interpreter.text(line.getBytes(StandardCharsets.UTF_8)));
        }

        Context context() {
            return context;
        }

        Streams streams() {
            return streams;
        }

        int fail(String why) {
            streams.complain(name + ": " + why);
            return 1;
        }
    }
}
