package dev.plumbline.simulation.system.exporter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a database is, and as whom to log in: {@code scheme://user:password@host:port/name}. */
record Address(String user, String password, String host, int port) {

    private static final Pattern FORM =
            Pattern.compile("(?:[a-z]+://)?(?:([^:@/]*)(?::([^@/]*))?@)?([^:/?]+)(?::([0-9]+))?(?:[/?].*)?");

    static Address parse(String text, int defaultPort) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return new Address("", "", text, defaultPort);
        }
        return new Address(
                given(matcher.group(1)),
                given(matcher.group(2)),
                given(matcher.group(3)),
                matcher.group(4) == null ? defaultPort : Integer.parseInt(matcher.group(4)));
    }

    private static String given(@org.jspecify.annotations.Nullable String part) {
        return part == null ? "" : part;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
