package dev.plumbline.yaml;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an unquoted scalar means to kustomize and Flux, whose YAML library mixes YAML 1.1 and 1.2. */
final class Plain {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    /** Below this, each whole number has a double of its own. */
    private static final double EXACT = 1L << 53;

    private Plain() {}

    static @Nullable Object resolve(String text) {
        if (NULLS.contains(text)) {
            return null;
        }
        if (TRUE.contains(text)) {
            return true;
        }
        if (FALSE.contains(text)) {
            return false;
        }
        char first = text.charAt(0);
        if (first != '-' && first != '+' && first != '.' && !(first >= '0' && first <= '9')) {
            return text;
        }
        return special(text).orElseGet(() -> number(text, text.replace("_", "")));
    }

    private static Optional<Object> special(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case ".inf", "+.inf" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-.inf" -> Optional.of(Double.NEGATIVE_INFINITY);
            case ".nan" -> Optional.of(Double.NaN);
            default -> Optional.empty();
        };
    }

    private static Object number(String text, String digits) {
        Matcher integer = INTEGER.matcher(digits);
        if (integer.matches()) {
            return integer(integer);
        }
        return FLOAT.matcher(digits).matches() ? whole(Double.parseDouble(digits)) : text;
    }

    /** JSON, which everything ends as, does not tell 1.0 from 1. */
    private static Object whole(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT;
        return whole ? smallest(BigInteger.valueOf((long) value)) : (Object) value;
    }

    private static Object integer(Matcher match) {
        int[] radix = {16, 2, 8, 10};
        for (int i = 0; i < radix.length; i++) {
            if (match.group(i + 2) != null) {
                return smallest(new BigInteger(match.group(1) + match.group(i + 2), radix[i]));
            }
        }
        throw new IllegalStateException("no group matched in " + match.group());
    }

    private static Object smallest(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return value.intValueExact();
        }
        return value.bitLength() < Long.SIZE ? (Object) value.longValueExact() : (Object) value;
    }
}
