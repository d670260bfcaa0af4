package dev.plumbline.verdict;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which names promise a credential, and which values may be taken out wherever they stand. */
public final class Credentials {

    private static final int SHORTEST = 4;

    /** From this length on a value of letters or of digits alone is hardly a word or a port. */
    private static final int TELLING = 8;

    private static final Pattern NAME = Pattern.compile("(?i)passw|pwd|passphrase|secret|token|credential|dsn|cookie"
            + "|(?:^|[-_.])(?:pass|pat|sas)(?:$|[-_.])|(?:^|[-_.])auth$|(?:^|[-_.a-z])(?:api|access|private|encryption|signing"
            + "|master|session|account|ssh|tls|hmac)[-_.]?key|_key$|connection[-_.]?string");

    /** What such a name is said about: where a credential is, how long it lasts. */
    private static final Pattern ABOUT = Pattern.compile(
            "(?i)^(?:OLD)?PWD$|(?:name|file|path|dir|ttl|expir\\w*|seconds|enabled|type|policy|length|mode|refs?)$");

    /** Values that stand in many places that are no credential; a report without them could not be read. */
    private static final Set<String> COMMON = Set.of(
            "true",
            "false",
            "null",
            "none",
            "admin",
            "root",
            "user",
            "guest",
            "default",
            "password",
            "secret",
            "token",
            "changeme",
            "localhost",
            "postgres",
            "postgresql",
            "kubernetes",
            "prometheus",
            "production",
            "administrator",
            "anonymous",
            "disabled",
            "enabled",
            "database",
            "127.0.0.1",
            "minioadmin");

    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?::\\d+)?");

    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s:@\"'<>]*:([^\\s\"'<>@]{4,})@");

    private Credentials() {}

    /** Whether a variable, key or option of this name holds a credential. */
    public static boolean named(String name) {
        return NAME.matcher(name).find() && !ABOUT.matcher(name).find();
    }

    /**
     * Whether a value may be taken out by itself. What may not is still taken out where it stands behind the name of a
     * credential.
     *
     * @param credential whether its name promises one; else it has to look like one, too
     */
    static boolean telling(String value, boolean credential) {
        if (value.length() < SHORTEST || COMMON.contains(value.toLowerCase(Locale.ROOT))) {
            return false;
        }
        boolean plain = value.matches("[A-Za-z]+|[0-9]+");
        if (credential) {
            return !plain || value.length() >= TELLING;
        }
        boolean mixed = value.matches("(?s).*[0-9].*") && value.matches("(?s).*[A-Za-z].*");
        return value.length() >= TELLING && mixed && !HOST.matcher(value).matches();
    }

    /** The passwords in the addresses of a text. */
    static List<String> inAddresses(String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = USER_INFO.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
            found.add(decoded(matcher.group(1)));
        }
        return found;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
