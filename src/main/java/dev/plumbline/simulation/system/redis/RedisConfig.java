package dev.plumbline.simulation.system.redis;

import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.ImageModel.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configuration of a server: the defaults, then a file, then the command line. */
final class RedisConfig {

    private static final Set<String> NEVER_SHOWN =
            Set.of("include", "loadmodule", "rename-command", "user", "daemonize", "notify-keyspace-events");
    private static final Pattern SIZE = Pattern.compile("([0-9]+)(b|k|kb|m|mb|g|gb)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> UNITS = Map.of(
            "",
            1L,
            "b",
            1L,
            "k",
            1000L,
            "kb",
            1024L,
            "m",
            1000_000L,
            "mb",
            1024L * 1024,
            "g",
            1000_000_000L,
            "gb",
            1024L * 1024 * 1024);

    private final Map<String, String> values = new TreeMap<>(defaults());

    private static Map<String, String> defaults() {
        try (InputStream in = RedisConfig.class.getResourceAsStream("redis.conf")) {
            if (in == null) {
                throw new IllegalStateException("no resource redis.conf beside " + RedisConfig.class);
            }
            Map<String, String> defaults = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] pair = line.split(" ", 2);
                defaults.put(pair[0], pair.length == 2 ? pair[1] : "");
            });
            return defaults;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource redis.conf", e);
        }
    }

    /** @param arguments those behind {@code redis-server} */
    static RedisConfig read(List<String> arguments, Files files) throws StartFailure {
        RedisConfig config = new RedisConfig();
        List<String> left = new ArrayList<>(arguments);
        if (!left.isEmpty() && !left.get(0).startsWith("--")) {
            config.file(left.remove(0), files);
        }
        while (!left.isEmpty()) {
            String name = left.remove(0);
            List<String> value = new ArrayList<>();
            while (!left.isEmpty() && !left.get(0).startsWith("--")) {
                value.add(left.remove(0));
            }
            config.put(name.substring(2), String.join(" ", value), 1, name.substring(2) + " " + value);
        }
        return config;
    }

    private void file(String path, Files files) throws StartFailure {
        byte[] bytes = files.read(path)
                .orElseThrow(() -> new StartFailure(
                        1,
                        "*** FATAL CONFIG FILE ERROR ***\nFatal error, can't open config file '" + path
                                + "': No such file or directory\n"));
        int number = 0;
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                List<String> words = Words.split(text);
                put(words.get(0), String.join(" ", words.subList(1, words.size())), number, text);
            }
        }
    }

    private void put(String directive, String value, int line, String text) throws StartFailure {
        String name = directive.toLowerCase(Locale.ROOT);
        if (name.equals("save")) {
            String before = values.getOrDefault("save", "").equals(defaults().get("save")) ? "" : values.get("save");
            values.put(name, (before + " " + value).strip());
        } else if (values.containsKey(name)) {
            values.put(name, value);
        } else if (!NEVER_SHOWN.contains(name)) {
            throw new StartFailure(
                    1,
                    "*** FATAL CONFIG FILE ERROR ***\nReading the configuration file, at line " + line + "\n>>> '"
                            + text + "'\nBad directive or wrong number of arguments\n");
        }
    }

    synchronized String get(String name) {
        return name.equals("maxmemory") ? Long.toString(bytes(value(name))) : value(name);
    }

    private String value(String name) {
        return values.getOrDefault(name, "");
    }

    boolean on(String name) {
        return get(name).equals("yes");
    }

    int port() {
        return Integer.parseInt(get("port"));
    }

    synchronized boolean set(String name, String value) {
        return values.replace(name, value) != null;
    }

    /** Names and values that fit a pattern, one after the other. */
    synchronized List<String> matching(String pattern) {
        List<String> found = new ArrayList<>();
        for (String name : values.keySet()) {
            if (Words.glob(pattern).matcher(name).matches()) {
                found.add(name);
                found.add(get(name));
            }
        }
        return found;
    }

    private static long bytes(String size) {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            return 0;
        }
        String unit = matcher.group(2) == null ? "" : matcher.group(2).toLowerCase(Locale.ROOT);
        return Long.parseLong(matcher.group(1)) * UNITS.getOrDefault(unit, 1L);
    }
}
