package dev.plumbline.simulation.system.postgres;

import dev.plumbline.timing.Clock;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From PostgreSQL's SQL to the engine's, and the engine's answers back, where they differ. */
final class Dialect {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'|\"[^\"]*\"|--[^\\n]*|/\\*(?s:.*?)\\*/");
    private static final Pattern SERIES = Pattern.compile(
            "(?i)(generate_series\\s*\\([^()]*\\))\\s+(?:as\\s+)?(?!on\\b|where\\b|order\\b|group\\b|limit\\b|cross\\b|join\\b|left\\b|inner\\b|union\\b)([a-z_]\\w*)\\b(?!\\s*\\()");
    private static final Pattern WRITE = Pattern.compile(
            "(?is)^(insert|update|delete|create|drop|alter|truncate|comment|commit|end|merge)\\b.*|^with\\b.*\\b(insert|update|delete)\\b.*");
    private static final Pattern SILENT = Pattern.compile(
            "(?is)^(vacuum|analyze|checkpoint|grant|revoke|set|reset|create\\s+extension|comment|create\\s+(?:user|role)|alter\\s+(?:user|role|system|database))\\b.*");

    private final String database;
    private final String version;
    private final Clock clock;

    Dialect(String database, String version, Clock clock) {
        this.database = database;
        this.version = version;
        this.clock = clock;
    }

    /** The statements of a script; semicolons in quotes and comments part nothing. */
    static List<String> split(String sql) {
        List<String> statements = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        Matcher quoted = QUOTED.matcher(sql);
        int at = 0;
        while (at < sql.length()) {
            if (quoted.find(at) && quoted.start() == at) {
                boolean comment =
                        quoted.group().startsWith("--") || quoted.group().startsWith("/*");
                current.append(comment ? " " : quoted.group());
                at = quoted.end();
            } else if (sql.charAt(at) == ';') {
                statements.add(current.toString().strip());
                current.setLength(0);
                at++;
            } else {
                current.append(sql.charAt(at++));
            }
        }
        statements.add(current.toString().strip());
        statements.removeIf(String::isEmpty);
        return statements;
    }

    String translate(String sql) {
        StringBuilder result = new StringBuilder();
        Matcher quoted = QUOTED.matcher(sql);
        int at = 0;
        while (quoted.find()) {
            result.append(sql, at, quoted.start())
                    .append('\u0000')
                    .append(quoted.start())
                    .append('\u0000');
            at = quoted.end();
        }
        String bare = words(result.append(sql.substring(at)).toString());
        return Pattern.compile("\u0000(\\d+)\u0000").matcher(bare).replaceAll(mark -> {
            quoted.reset();
            return quoted.find(Integer.parseInt(mark.group(1))) ? Matcher.quoteReplacement(quoted.group()) : "";
        });
    }

    /** Works on the statement without its quoted parts. */
    private String words(String bare) {
        String now = "TIMESTAMP WITH TIME ZONE '" + TIME.format(clock.instant()) + "+00'";
        return SERIES.matcher(bare)
                .replaceAll("$1 AS $2($2)")
                .replaceAll("(?i)\\btimestamptz\\b", "timestamp with time zone")
                .replaceAll("(?i)\\bbytea\\b", "varbinary")
                .replaceAll("(?i)^truncate\\s+(?!table\\b)", "TRUNCATE TABLE ")
                .replaceAll("(?i)(\\bdefault\\s+)(?:now\\(\\)|current_timestamp)", "$1LOCALTIMESTAMP")
                .replaceAll("(?i)\\bnow\\(\\)|\\bcurrent_timestamp\\b", now)
                .replaceAll("(?i)\\bcurrent_database\\(\\)", "'" + database + "'")
                .replaceAll(
                        "(?i)\\bpg_tables\\b",
                        "(select table_schema as schemaname, table_name as tablename from information_schema.tables) pg_tables")
                .replaceAll("(?i)\\bversion\\(\\)", "'PostgreSQL " + version + "'");
    }

    /** What needs no engine, because nothing is kept of it here. */
    Optional<Outcome> withoutEngine(String sql) {
        if (sql.matches("(?is)show\\s+server_version")) {
            return Optional.of(
                    new Outcome(Optional.of(List.of("server_version")), List.of(List.of(version)), "SHOW", false));
        }
        return SILENT.matcher(sql).matches() ? Optional.of(Outcome.tag(tag(sql, 0), false)) : Optional.empty();
    }

    static boolean writes(String sql) {
        return WRITE.matcher(sql).matches();
    }

    /** The command tag that psql prints. */
    static String tag(String sql, long count) {
        String[] words = sql.toUpperCase(Locale.ROOT).split("[\\s(]+", 4);
        return switch (words[0]) {
            case "INSERT" -> "INSERT 0 " + count;
            case "UPDATE", "DELETE", "SELECT", "MERGE" -> words[0] + " " + count;
            case "TRUNCATE" -> "TRUNCATE TABLE";
            case "CREATE" -> "CREATE " + object(words);
            case "DROP", "ALTER" -> words[0] + " " + object(words);
            default -> words[0];
        };
    }

    private static String object(String[] words) {
        String object = words.length > 1 ? words[1] : "";
        if (object.equals("UNIQUE")
                || object.equals("TEMP")
                || object.equals("TEMPORARY")
                || object.equals("UNLOGGED")) {
            return words[2];
        }
        return object.equals("USER") ? "ROLE" : object.equals("OR") ? "VIEW" : object;
    }

    /** The engine's refusal in PostgreSQL's words, where it has a common one. */
    static String error(SQLException e) {
        String message = String.valueOf(e.getMessage()).split("; SQL statement:|\n")[0];
        Matcher name = Pattern.compile("\"([^\"]+)\"").matcher(message);
        String what = name.find() ? name.group(1) : "";
        return "ERROR:  "
                + switch (e.getErrorCode()) {
                    case 42102, 42103, 42104 -> "relation \"" + what + "\" does not exist";
                    case 42101 -> "relation \"" + what + "\" already exists";
                    case 42122 -> "column \"" + what + "\" does not exist";
                    case 90022 -> "function " + what + " does not exist (not simulated if PostgreSQL has it)";
                    case 23505 -> "duplicate key value violates unique constraint";
                    case 23502 -> "null value in column \"" + what + "\" violates not-null constraint";
                    case 42000, 42001 -> "syntax error (or not simulated): " + message;
                    default -> message;
                };
    }
}
