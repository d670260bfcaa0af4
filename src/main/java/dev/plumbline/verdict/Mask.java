package dev.plumbline.verdict;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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

    /** From this length on a value leaves a trace of its own inside a longer Base64. */
    private static final int TRACED = 8;

    /** A longer value is a file that nobody prints, such as a packed Helm release. */
    private static final int LONGEST = 64 << 10;

    /** A line of a longer value that is a secret by itself, as a line of a key file is. */
    private static final Pattern LINE = Pattern.compile("\\S{16,}");

    private static final String NAMES = "passw(?:or)?d|passphrase|pwd|secret|token|dsn|credentials?|signature|sig"
            + "|(?:api|access|secret|private|encryption|signing|master|session|auth|account)[-_.]?key|client-key-data";

    private static final String NO_VALUE = "(?!\\*\\*\\*|(?:true|false|null|none)\\b|[/{\\[<])";

    private static final String[] SIGNS = {
        "passw", "passphrase", "pwd", "secret", "token", "dsn", "credential", "sig", "key"
    };

    private static final List<Form> FORMS = List.of(
            new Form(
                    "-----BEGIN ([A-Z ]*)PRIVATE KEY-----(?:[\\s\\S]*?-----END [A-Z ]*PRIVATE KEY-----|[\\s\\S]*)",
                    "-----BEGIN $1PRIVATE KEY----- " + MARK,
                    "-----begin "),
            new Form("(?i)(authorization[\"']?\\s*[:=]\\s*[\\[\"']*)[^\\r\\n\"'\\]]+", "$1" + MARK, "authorization"),
            new Form("(?i)(\\b(?:set-)?cookie[\"']?[ \\t]*[:=][ \\t]*[\"']?)[^\\r\\n\"']+", "$1" + MARK, "cookie"),
            new Form("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{12,}", "$1 " + MARK, "bearer", "basic"),
            new Form("(://)[^/\\s:@\"'<>]*:[^\\s\"'<>]*@", "$1" + MARK + "@", "://"),
            new Form("(://)[^/\\s:@\"'<>]{8,}@", "$1" + MARK + "@", "://"),
            new Form("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b", MARK, "akia", "asia"),
            new Form("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*", MARK, "eyj"),
            new Form(
                    "(?i)((?:" + NAMES + ")(?:\\\\?[\"']?:[ \\t]*|\\\\?[\"']?[ \\t]*=[ \\t]*)\\\\?[\"']?)" + NO_VALUE
                            + "[^\\s\"',;&<>\\\\]{3,}",
                    "$1" + MARK,
                    SIGNS),
            new Form(
                    "(?i)(--[a-z-]*(?:" + NAMES + ")[ \\t]+[\"']?)" + NO_VALUE + "[^\\s\"'-][^\\s\"']{2,}",
                    "$1" + MARK,
                    "--"),
            new Form("((?:^|\\s)(?:-u|--user)[ =][\"']?[^\\s:\"']+:)[^\\s\"']+", "$1" + MARK, "-u"));

    private final Literals literals = new Literals();
    private final List<Place> places = new CopyOnWriteArrayList<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** A directory as it may be written, and what stands there instead. */
    private record Place(String text, String instead) {}

    /** A text that holds none of the signs, in lower case, cannot match: to ask for those is ten times as fast. */
    private record Form(Pattern pattern, String instead, List<String> signs) {
        Form(String regex, String instead, String... signs) {
            this(Pattern.compile(regex), instead, List.of(signs));
        }
    }

    /**
     * Makes a value known that stands under a name: a key of a Secret, a variable. It is taken out wherever it stands,
     * unless it is too short or too common for that; the passwords in its addresses and the long lines of a file are, too.
     *
     * @param credential whether it is one whatever the name says
     */
    public void secret(String name, String value, boolean credential) {
        if (value.length() > LONGEST || !known.add(name + "=" + value)) {
            return;
        }
        addresses(value);
        if (Credentials.telling(value.strip(), credential || Credentials.named(name))) {
            secret(value);
        }
        if (value.strip().contains("\n")) {
            value.lines()
                    .flatMap(line -> LINE.matcher(line).results().map(found -> found.group()))
                    .filter(word -> !word.startsWith("-----"))
                    .forEach(this::secret);
        }
    }

    /** Makes the passwords known that stand in the addresses of a text. */
    public void addresses(String text) {
        Credentials.inAddresses(text).forEach(this::secret);
    }

    /** Makes a secret value known, also as it looks in Base64, in an address and in JSON. Values under 4 characters are not. */
    public void secret(String value) {
        String secret = value.strip();
        if (secret.length() < SHORTEST_SECRET || !known.add(value)) {
            return;
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String address = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        Stream<String> forms = Stream.of(
                value,
                secret,
                base64(value.getBytes(StandardCharsets.UTF_8)),
                base64(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                address,
                address.replace("+", "%20"),
                lowerEscapes(address),
                json(secret),
                json(secret).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"));
        Stream<String> traces =
                bytes.length < TRACED ? Stream.of() : Stream.of(trace(bytes, 0), trace(bytes, 1), trace(bytes, 2));
        Stream.concat(forms, traces)
                .filter(form -> form.length() >= SHORTEST_SECRET)
                .distinct()
                .forEach(literals::add);
    }

    /** Leaves out this directory's absolute path, so that what lies in it is named relative to it. */
    public void directory(Path directory) {
        String path = directory.toAbsolutePath().normalize().toString();
        if (path.length() > 1) {
            places.add(new Place("file://" + path + "/", ""));
            places.add(new Place("file:" + path + "/", ""));
            places.add(new Place(path + "/", ""));
            places.add(new Place(path, "."));
        }
    }

    /** The text without what is secret. */
    public String apply(String text) {
        String masked = text;
        for (Place place : places) {
            masked = masked.replace(place.text(), place.instead());
        }
        masked = literals.apply(masked, MARK);
        String lower = masked.toLowerCase(Locale.ROOT);
        for (Form form : FORMS) {
            if (form.signs().stream().anyMatch(lower::contains)) {
                masked = form.pattern().matcher(masked).replaceAll(form.instead());
            }
        }
        return masked;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The characters of a Base64 text that a value decides alone when it stands inside a longer one, so many bytes in. */
    private static String trace(byte[] bytes, int shift) {
        byte[] shifted = new byte[bytes.length + shift];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = shift == 0 ? 0 : shift + 1;
        int to = shifted.length / 3 * 4;
        return whole.substring(from, to);
    }

    /** As some servers write it: {@code %2f}. */
    private static String lowerEscapes(String address) {
        return Pattern.compile("%[0-9A-F]{2}")
                .matcher(address)
                .replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }
}
