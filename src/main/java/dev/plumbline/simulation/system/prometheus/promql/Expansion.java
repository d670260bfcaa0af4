package dev.plumbline.simulation.system.prometheus.promql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the groups of a match into a replacement: {@code $1} and <code>${name}</code>, nothing for a group that is not there. */
public final class Expansion {

    private static final Pattern REFERENCE = Pattern.compile("\\$(?:([0-9A-Za-z_]+)|\\{([0-9A-Za-z_]+)\\}|(\\$))");

    private Expansion() {}

    public static String of(String replacement, Matcher match) {
        return REFERENCE.matcher(replacement).replaceAll(reference -> {
            if (reference.group(3) != null) {
                return Matcher.quoteReplacement("$");
            }
            String name = reference.group(1) != null ? reference.group(1) : reference.group(2);
            return Matcher.quoteReplacement(group(match, name));
        });
    }

    private static String group(Matcher match, String name) {
        if (!name.chars().allMatch(Character::isDigit)) {
            return named(match, name);
        }
        int number = Integer.parseInt(name);
        String value = number <= match.groupCount() ? match.group(number) : null;
        return value == null ? "" : value;
    }

    private static String named(Matcher match, String name) {
        if (!match.pattern().pattern().contains("<" + name + ">")) {
            return "";
        }
        String value = match.group(name);
        return value == null ? "" : value;
    }
}
