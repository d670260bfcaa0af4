package dev.plumbline.run;

import dev.plumbline.criterion.SourceLine;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The tags that mean something to Plumbline. One of them misspelled is bad input; all others are free. */
final class OwnTags {

    private static final Set<String> WORDS = Set.of("@core", "@extended", "@homelab", "@pending", "@changes-cluster");
    private static final List<String> PREFIXES =
            List.of("@document:", "@criterion:", "@fault:", "@needs:", "@lock:", "@mode:");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private OwnTags() {}

    /** What is wrong with a tag, in one line. */
    static Optional<String> problem(String tag, SourceLine where) {
        if (WORDS.contains(tag)) {
            return Optional.empty();
        }
        int colon = tag.indexOf(':');
        if (colon > 0) {
            String prefix = tag.substring(0, colon + 1);
            if (!PREFIXES.contains(prefix)) {
                return Optional.of(
                        where + ": unknown tag " + tag + ", tags with a colon are " + String.join(" ", PREFIXES));
            }
            return VALUE.matcher(tag.substring(colon + 1)).matches()
                    ? Optional.empty()
                    : Optional.of(
                            where + ": " + tag + " needs a name of letters, digits, dots and dashes after the colon");
        }
        return WORDS.stream()
                .filter(word -> misspelled(tag, word))
                .findFirst()
                .map(word -> where + ": unknown tag " + tag + ", did you mean " + word + "?");
    }

    /** One letter off, or the same but for case, dashes and underscores. */
    private static boolean misspelled(String tag, String word) {
        String plainTag = tag.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
        String plainWord = word.replace("-", "");
        return plainTag.equals(plainWord) || distance(plainTag, plainWord) == 1;
    }

    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
