package dev.plumbline.simulation.node;

import java.util.List;
import java.util.stream.Collectors;

/** A command with its arguments as the text that a shell would take. */
public final class CommandLine {

    private static final List<String> SHELLS = List.of("sh", "/bin/sh", "bash", "/bin/bash", "ash", "/bin/ash");

    private CommandLine() {}

    /** The script of {@code sh -c script}, else each word quoted. */
    public static String asScript(List<String> command) {
        if (command.size() >= 3
                && SHELLS.contains(command.get(0))
                && command.get(1).matches("-[a-z]*c")) {
            return command.get(2);
        }
        return command.stream().map(CommandLine::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
