package dev.plumbline.verdict;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Texts to be taken out, found by their first characters, so that thousands cost one pass. Where two overlap, both go; what
 * was cut off with "..." goes as far as it stands there.
 */
final class Literals {

    private static final int KEY = 4;

    /** A shorter one is taken out only as a word of its own. */
    private static final int TEARS_NO_WORD = 8;

    private static final String CUT = "...";

    private final Map<String, List<String>> byStart = new ConcurrentHashMap<>();

    /** Which starts there are, by a hash: most places of a text need no more than this. */
    private volatile BitSet starts = new BitSet();

    /** @param text at least 4 characters */
    synchronized void add(String text) {
        byStart.merge(
                text.substring(0, KEY),
                List.of(text),
                (old, more) -> Stream.concat(old.stream(), more.stream())
                        .distinct()
                        .sorted(Comparator.comparing(String::length).reversed())
                        .toList());
        BitSet more = (BitSet) starts.clone();
        more.set(hash(text, 0));
        starts = more;
    }

    private static int hash(String text, int at) {
        int hash = 0;
        for (int i = at; i < at + KEY; i++) {
            hash = hash * 31 + text.charAt(i);
        }
        return hash & 0xFFFF;
    }

    String apply(String text, String instead) {
        if (byStart.isEmpty()) {
            return text;
        }
        BitSet known = starts;
        StringBuilder masked = new StringBuilder();
        int kept = 0;
        int hiddenTo = 0;
        for (int at = 0; at + KEY <= text.length(); at++) {
            int end = known.get(hash(text, at)) ? at + longest(text, at) : at;
            if (end > Math.max(at, hiddenTo)) {
                if (at >= hiddenTo) {
                    masked.append(text, kept, at).append(instead);
                }
                hiddenTo = end;
                kept = end;
            }
        }
        return kept == 0 ? text : masked.append(text, kept, text.length()).toString();
    }

    private int longest(String text, int at) {
        for (String literal : byStart.getOrDefault(text.substring(at, at + KEY), List.of())) {
            if (text.startsWith(literal, at)) {
                boolean free = literal.length() >= TEARS_NO_WORD || standsAlone(text, at, at + literal.length());
                if (free) {
                    return literal.length();
                }
            } else {
                int common = common(literal, text, at);
                if (text.startsWith(CUT, at + common)) {
                    return common;
                }
            }
        }
        return 0;
    }

    private static int common(String literal, String text, int at) {
        int length = 0;
        while (length < literal.length()
                && at + length < text.length()
                && literal.charAt(length) == text.charAt(at + length)) {
            length++;
        }
        return length;
    }

    private static boolean standsAlone(String text, int from, int to) {
        return (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
                && (to == text.length() || !Character.isLetterOrDigit(text.charAt(to)));
    }
}
