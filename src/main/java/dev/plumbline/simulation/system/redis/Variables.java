package dev.plumbline.simulation.system.redis;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables of a shell in the script that starts a server. */
final class Variables {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)\\}|([A-Za-z_][A-Za-z0-9_]*))");

    private Variables() {}

    static String expanded(String text, Map<String, String> env) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        env.getOrDefault(match.group(1) == null ? match.group(2) : match.group(1), "")));
    }
}
