package dev.plumbline.simulation.system;

import io.fabric8.kubernetes.api.model.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that a container runs, with {@code $(NAME)} resolved. */
public final class CommandLine {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");

    private CommandLine() {}

    /**
     * The arguments behind the program's name; those of the image when the container gives none.
     *
     * @param defaults the image's CMD
     */
    public static List<String> arguments(Container container, Map<String, String> env, List<String> defaults) {
        List<String> words = new ArrayList<>(container.getCommand());
        if (words.isEmpty()) {
            words.addAll(container.getArgs().isEmpty() ? defaults : container.getArgs());
        } else {
            words.remove(0);
            words.addAll(container.getArgs());
        }
        return words.stream().map(word -> resolved(word, env)).toList();
    }

    private static String resolved(String word, Map<String, String> env) {
        return REFERENCE
                .matcher(word)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) == null ? "$" : env.getOrDefault(match.group(1), match.group())));
    }
}
