package dev.plumbline.simulation.system.redis;

import dev.plumbline.timing.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The commands of the server, one at a time. */
final class Commands {

    private final RedisConfig config;
    private final Keyspace keyspace;
    private final Persistence persistence;
    private final Statistics statistics;
    private final Info info;
    private final Clock clock;

    Commands(
            RedisConfig config,
            Keyspace keyspace,
            Persistence persistence,
            Statistics statistics,
            Info info,
            Clock clock) {
        this.config = config;
        this.keyspace = keyspace;
        this.persistence = persistence;
        this.statistics = statistics;
        this.info = info;
        this.clock = clock;
    }

    /** The outcome of AUTH; empty password means that the client sends none. */
    Optional<Answer> login(String password) {
        String wanted = config.get("requirepass");
        if (password.isEmpty()) {
            return Optional.empty();
        }
        if (wanted.isEmpty()) {
            return Optional.of(Answer.error("ERR AUTH <password> called without any password configured for the default"
                    + " user. Are you sure your configuration is correct?"));
        }
        return wanted.equals(password)
                ? Optional.empty()
                : Optional.of(Answer.error("WRONGPASS invalid username-password pair or user is disabled."));
    }

    /** Whether a client with this password may run commands. */
    boolean allows(String password) {
        String wanted = config.get("requirepass");
        return wanted.isEmpty() || wanted.equals(password);
    }

    /** Empty for a command that is not modelled. */
    Optional<Answer> run(int database, String password, List<String> words) {
        String name = words.get(0).toLowerCase(Locale.ROOT);
        statistics.command(name);
        if (name.equals("auth") && words.size() >= 2) {
            String given = words.get(words.size() - 1);
            return Optional.of(login(given).orElse(Answer.OK));
        }
        if (!allows(password)) {
            return Optional.of(Answer.error("NOAUTH Authentication required."));
        }
        List<String> rest = words.subList(1, words.size());
        Optional<Answer> read = rest.isEmpty() ? bare(name, database) : reading(name, database, rest);
        return read.isPresent() ? read : writing(name, database, rest);
    }

    private Optional<Answer> bare(String name, int database) {
        return switch (name) {
            case "ping" -> Optional.of(Answer.text("PONG"));
            case "dbsize" -> Optional.of(Answer.number(keyspace.keys(database).size()));
            case "info" -> Optional.of(Answer.text(info.text(List.of(), clock.instant())));
            case "time" ->
                Optional.of(Answer.list(List.of(Long.toString(clock.instant().getEpochSecond()), "0")));
            case "lastsave" -> Optional.of(Answer.number(clock.instant().getEpochSecond()));
            case "save" -> Optional.of(saved("OK"));
            case "bgsave" -> Optional.of(saved("Background saving started"));
            case "get", "set", "del", "exists", "incr", "config", "keys", "echo", "ttl", "expire" ->
                Optional.of(arity(name));
            default -> Optional.empty();
        };
    }

    private static Answer arity(String name) {
        return Answer.error("ERR wrong number of arguments for '" + name + "' command");
    }

    private Answer saved(String text) {
        persistence.save(keyspace);
        statistics.saved();
        return Answer.text(text);
    }

    private Optional<Answer> reading(String name, int database, List<String> rest) {
        String first = rest.get(0);
        return switch (name) {
            case "ping", "echo" -> Optional.of(Answer.text(first));
            case "info" -> Optional.of(Answer.text(info.text(rest, clock.instant())));
            case "get" -> Optional.of(get(database, first));
            case "strlen" ->
                Optional.of(
                        Answer.number(keyspace.get(database, first).orElse("").length()));
            case "exists" ->
                Optional.of(Answer.number(rest.stream()
                        .filter(key -> keyspace.get(database, key).isPresent())
                        .count()));
            case "type" -> Optional.of(Answer.text(keyspace.get(database, first).isPresent() ? "string" : "none"));
            case "ttl" -> Optional.of(Answer.number(keyspace.secondsLeft(database, first)));
            case "keys" ->
                Optional.of(Answer.list(keyspace.keys(database).stream()
                        .filter(key -> Words.glob(first).matcher(key).matches())
                        .toList()));
            case "config" -> config(rest);
            default -> Optional.empty();
        };
    }

    private Answer get(int database, String key) {
        Optional<String> value = keyspace.get(database, key);
        statistics.looked(value.isPresent());
        return value.map(Answer::text).orElse(Answer.NIL);
    }

    private Optional<Answer> config(List<String> rest) {
        String what = rest.get(0).toLowerCase(Locale.ROOT);
        if (what.equals("get") && rest.size() > 1) {
            return Optional.of(Answer.list(config.matching(rest.get(1).toLowerCase(Locale.ROOT))));
        }
        if (what.equals("set") && rest.size() == 3) {
            boolean known = config.set(rest.get(1).toLowerCase(Locale.ROOT), rest.get(2));
            return Optional.of(
                    known
                            ? Answer.OK
                            : Answer.error("ERR Unknown option or number of arguments for CONFIG SET - '" + rest.get(1)
                                    + "'"));
        }
        return what.equals("resetstat") ? Optional.of(Answer.OK) : Optional.empty();
    }

    private Optional<Answer> writing(String name, int database, List<String> rest) {
        Optional<Answer> answer = switch (name) {
            case "set" -> rest.size() < 2 ? Optional.of(arity(name)) : set(database, rest);
            case "del", "unlink" ->
                Optional.of(Answer.number(rest.stream()
                        .filter(key -> keyspace.delete(database, key))
                        .count()));
            case "incr" -> Optional.of(increment(database, rest.get(0)));
            case "expire" ->
                rest.size() < 2
                        ? Optional.of(arity(name))
                        : Optional.of(Answer.number(
                                keyspace.expire(database, rest.get(0), Long.parseLong(rest.get(1)) * 1000) ? 1 : 0));
            case "flushall" -> {
                keyspace.clear();
                yield Optional.of(Answer.OK);
            }
            case "flushdb" -> {
                keyspace.clear(database);
                yield Optional.of(Answer.OK);
            }
            default -> Optional.empty();
        };
        answer.filter(done -> !done.isError()).ifPresent(done -> {
            statistics.changed();
            persistence.written(keyspace);
        });
        return answer;
    }

    /** SET with EX or PX; its other options are not modelled. */
    private Optional<Answer> set(int database, List<String> rest) {
        if (rest.size() != 2 && rest.size() != 4) {
            return Optional.empty();
        }
        String unit = rest.size() == 4 ? rest.get(2).toLowerCase(Locale.ROOT) : "";
        if (!List.of("", "ex", "px").contains(unit)) {
            return Optional.empty();
        }
        keyspace.set(database, rest.get(0), rest.get(1));
        if (!unit.isEmpty()) {
            long amount = Long.parseLong(rest.get(3));
            keyspace.expire(database, rest.get(0), unit.equals("ex") ? amount * 1000 : amount);
        }
        return Optional.of(Answer.OK);
    }

    private Answer increment(int database, String key) {
        String old = keyspace.get(database, key).orElse("0");
        if (!old.matches("-?[0-9]{1,18}")) {
            return Answer.error("ERR value is not an integer or out of range");
        }
        long next = Long.parseLong(old) + 1;
        keyspace.set(database, key, Long.toString(next));
        return Answer.number(next);
    }
}
