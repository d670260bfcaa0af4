package dev.plumbline.simulation.system.redis;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a shell that start scripts and probes of Redis use: variables. */
final class Shell {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)\\}|([A-Za-z_][A-Za-z0-9_]*))");

    private Shell() {}

    static String expanded(String text, Map<String, String> env) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        env.getOrDefault(match.group(1) == null ? match.group(2) : match.group(1), "")));
    }
}
