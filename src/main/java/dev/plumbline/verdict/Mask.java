package dev.plumbline.verdict;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets and machine paths out of a text before it goes into a record, a file or onto a terminal. Secret values
 * are made known while a run goes on; common forms of credentials are known from the start. Masking twice changes
 * nothing more. Safe for use by several threads.
 */
public final class Mask {

    /** What stands where a secret stood. */
    public static final String MARK = "***";

    /** A shorter value would tear words apart, and protects nothing. */
    private static final int SHORTEST_SECRET = 4;

    private static final List<Form> FORMS = List.of(
            new Form(
                    "-----BEGIN ([A-Z ]*)PRIVATE KEY-----(?:[\\s\\S]*?-----END [A-Z ]*PRIVATE KEY-----|[\\s\\S]*)",
                    "-----BEGIN $1PRIVATE KEY----- " + MARK,
                    "-----begin "),
            new Form("(?i)(authorization[\"']?\\s*[:=]\\s*[\\[\"']*)[^\\r\\n\"'\\]]+", "$1" + MARK, "authorization"),
            new Form("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{12,}", "$1 " + MARK, "bearer", "basic"),
            new Form("(://)[^/\\s:@\"'<>]*:[^\\s\"'<>]*@", "$1" + MARK + "@", "://"),
            new Form("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b", MARK, "akia", "asia"),
            new Form("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*", MARK, "eyj"),
            new Form(
                    "(?i)((?:passw(?:or)?d|api[-_]?key|secret[-_]?(?:access[-_]?)?key|client[-_]secret|client-key-data"
                            + "|access[-_]token)[\"']?\\s*[:=]\\s*[\"']?)[^\\s\"',;&<>]{3,}",
                    "$1" + MARK,
                    "passw",
                    "key",
                    "secret",
                    "token"));

    /** Longest first, so that a secret inside another one does not leave the rest of it standing. */
    private volatile List<Literal> literals = List.of();

    private record Literal(String text, String instead) {}

    /** A text that holds none of the signs, in lower case, cannot match: to ask for those is ten times as fast. */
    private record Form(Pattern pattern, String instead, List<String> signs) {
        Form(String regex, String instead, String... signs) {
            this(Pattern.compile(regex), instead, List.of(signs));
        }
    }

    /** Makes a secret value known, also as it looks in Base64, in an address and in JSON. Values under 4 characters are not. */
    public void secret(String value) {
        String secret = value.strip();
        if (secret.length() < SHORTEST_SECRET) {
            return;
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        Stream.of(
                        value,
                        secret,
                        Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)),
                        Base64.getEncoder().encodeToString(bytes),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                        URLEncoder.encode(secret, StandardCharsets.UTF_8),
                        json(secret))
                .distinct()
                .forEach(form -> hide(form, MARK));
    }

    /** Leaves out this directory's absolute path, so that what lies in it is named relative to it. */
    public void directory(Path directory) {
        String path = directory.toAbsolutePath().normalize().toString();
        if (path.length() > 1) {
            hide("file://" + path + "/", "");
            hide("file:" + path + "/", "");
            hide(path + "/", "");
            hide(path, ".");
        }
    }

    /** The text without what is secret. */
    public String apply(String text) {
        String masked = text;
        for (Literal literal : literals) {
            masked = masked.replace(literal.text(), literal.instead());
        }
        String lower = masked.toLowerCase(Locale.ROOT);
        for (Form form : FORMS) {
            if (form.signs().stream().anyMatch(lower::contains)) {
                masked = form.pattern().matcher(masked).replaceAll(form.instead());
            }
        }
        return masked;
    }

    private synchronized void hide(String text, String instead) {
        literals = Stream.concat(literals.stream(), Stream.of(new Literal(text, instead)))
                .distinct()
                .sorted(Comparator.comparing((Literal literal) -> literal.text().length())
                        .reversed())
                .toList();
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }
}
