package dev.plumbline.simulation.system.postgres;

import dev.plumbline.simulation.NotSimulated;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options that psql, pg_dump and pg_isready share, in long and short spelling. */
final class PsqlOptions {

    private static final Map<String, Character> LONG = Map.ofEntries(
            Map.entry("username", 'U'),
            Map.entry("dbname", 'd'),
            Map.entry("host", 'h'),
            Map.entry("port", 'p'),
            Map.entry("command", 'c'),
            Map.entry("file", 'f'),
            Map.entry("no-align", 'A'),
            Map.entry("tuples-only", 't'),
            Map.entry("quiet", 'q'),
            Map.entry("no-psqlrc", 'X'),
            Map.entry("no-password", 'w'),
            Map.entry("field-separator", 'F'),
            Map.entry("variable", 'v'),
            Map.entry("set", 'v'),
            Map.entry("timeout", 'T'),
            Map.entry("no-owner", 'O'),
            Map.entry("clean", 'C'),
            Map.entry("single-transaction", '1'));
    private static final String WITH_VALUE = "UdhpcfFvT";
    private static final String WITHOUT = "AtqXwO1C";

    private final Map<Character, String> values = new HashMap<>();
    private final List<String> commands = new ArrayList<>();

    /** @throws NotSimulated for an option that is not known here */
    PsqlOptions(List<String> arguments, Map<String, String> env) {
        values.put('U', env.getOrDefault("PGUSER", "root"));
        values.put('h', env.getOrDefault("PGHOST", ""));
        List<String> names = new ArrayList<>();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String word = rest.pop();
            if (word.startsWith("--")) {
                longOption(word.substring(2), rest);
            } else if (word.startsWith("-") && word.length() > 1) {
                shortOptions(word.substring(1), rest);
            } else {
                names.add(word);
            }
        }
        if (!names.isEmpty()) {
            values.putIfAbsent('d', names.get(0));
        }
        if (names.size() > 1) {
            values.put('U', names.get(1));
        }
        values.putIfAbsent('d', env.getOrDefault("PGDATABASE", get('U')));
    }

    private void longOption(String text, Deque<String> rest) {
        int equals = text.indexOf('=');
        Character letter = LONG.get(equals < 0 ? text : text.substring(0, equals));
        if (letter == null) {
            throw new NotSimulated("PostgreSQL client option --" + text);
        }
        boolean takes = WITH_VALUE.indexOf(letter) >= 0;
        set(letter, !takes ? "" : equals >= 0 ? text.substring(equals + 1) : pop(letter, rest));
    }

    private void shortOptions(String letters, Deque<String> rest) {
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            if (WITH_VALUE.indexOf(letter) >= 0) {
                String attached = letters.substring(i + 1);
                set(letter, attached.isEmpty() ? pop(letter, rest) : attached);
                return;
            }
            if (WITHOUT.indexOf(letter) < 0) {
                throw new NotSimulated("PostgreSQL client option -" + letter);
            }
            set(letter, "");
        }
    }

    private static String pop(char letter, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new NotSimulated("PostgreSQL client option -" + letter + " without its value");
        }
        return rest.pop();
    }

    private void set(char letter, String value) {
        if (letter == 'c') {
            commands.add(value);
        }
        values.put(letter, value);
    }

    boolean has(char letter) {
        return values.containsKey(letter);
    }

    String get(char letter) {
        return values.getOrDefault(letter, "");
    }

    List<String> commands() {
        return commands;
    }

    /** Where the client would connect to. */
    String address() {
        return get('h').isEmpty() || get('h').startsWith("/")
                ? "on socket \"/var/run/postgresql/.s.PGSQL.5432\""
                : "at \"" + get('h') + "\", port 5432";
    }
}
