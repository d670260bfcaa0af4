package dev.plumbline.simulation.system.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's functions that the engine lacks. Public because the engine calls them. */
public final class Functions {

    private Functions() {}

    static List<String> aliases() {
        return List.of("md5", "encode", "pg_size_pretty").stream()
                .map(name -> "CREATE ALIAS " + name + " DETERMINISTIC FOR '" + Functions.class.getName() + "."
                        + camel(name) + "'")
                .toList();
    }

    private static String camel(String name) {
        return name.equals("pg_size_pretty") ? "sizePretty" : name;
    }

    public static @Nullable String md5(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    public static @Nullable String encode(byte @Nullable [] bytes, String format) {
        if (bytes == null) {
            return null;
        }
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> HexFormat.of().formatHex(bytes);
            case "base64" -> java.util.Base64.getEncoder().encodeToString(bytes);
            default -> throw new IllegalArgumentException("unrecognized encoding: \"" + format + "\"");
        };
    }

    public static String sizePretty(long bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB"};
        int unit = 0;
        double size = bytes;
        while (size >= 10 * 1024 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        return Math.round(size) + " " + units[unit];
    }
}
