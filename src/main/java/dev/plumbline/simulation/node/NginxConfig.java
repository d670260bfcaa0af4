package dev.plumbline.simulation.node;

import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.NotSimulated;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The servers of an nginx configuration, as far as simple ones go. */
final class NginxConfig {

    private static final Pattern TOKEN =
            Pattern.compile("\\s+|#[^\n]*|\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|[{};]|[^\\s{};]+");
    private static final Set<String> IGNORED = Set.of(
            "server_name",
            "access_log",
            "error_log",
            "worker_processes",
            "worker_connections",
            "pid",
            "user",
            "include",
            "sendfile",
            "keepalive_timeout",
            "index",
            "error_page",
            "add_header",
            "log_format",
            "charset",
            "gzip",
            "daemon",
            "tcp_nopush",
            "server_tokens",
            "types_hash_max_size",
            "autoindex",
            "try_files",
            "expires");

    private final List<Server> servers = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final String html;
    private int at;

    /** One server block. */
    record Server(List<Integer> ports, List<Location> locations) {
        /** The location with the longest prefix; exact ones first. */
        Location location(String path) {
            String plain = path.replaceAll("\\?.*", "");
            return locations.stream()
                    .filter(location ->
                            location.exact() ? plain.equals(location.prefix()) : plain.startsWith(location.prefix()))
                    .max(Comparator.comparing(Location::exact)
                            .thenComparing(location -> location.prefix().length()))
                    .orElseThrow();
        }
    }

    /** @param code of a return, 0 to serve files */
    record Location(String prefix, boolean exact, String root, int code, String text, String type) {}

    private NginxConfig(String html) {
        this.html = html;
    }

    static NginxConfig read(Files files, String html, int port) throws ImageModel.StartFailure {
        NginxConfig config = new NginxConfig(html);
        Optional<byte[]> main = files.read("/etc/nginx/nginx.conf");
        boolean own = main.map(content -> new String(content, StandardCharsets.UTF_8))
                .filter(text -> !text.contains("conf.d/"))
                .isPresent();
        if (own) {
            config.parse(main.orElseThrow(), "/etc/nginx/nginx.conf");
        } else {
            for (String file : files.list("/etc/nginx/conf.d")) {
                if (file.endsWith(".conf")) {
                    config.parse(files.read(file).orElseThrow(), file);
                }
            }
        }
        if (config.servers.isEmpty() && !own && files.list("/etc/nginx/conf.d").isEmpty()) {
            config.servers.add(new Server(List.of(port), List.of(new Location("/", false, html, 0, "", ""))));
        }
        return config;
    }

    Optional<Server> server(int port) {
        return servers.stream().filter(server -> server.ports().contains(port)).findFirst();
    }

    private void parse(byte[] content, String file) throws ImageModel.StartFailure {
        tokens.clear();
        at = 0;
        Matcher matcher = TOKEN.matcher(new String(content, StandardCharsets.UTF_8));
        while (matcher.find()) {
            String quoted = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            if (quoted != null) {
                tokens.add(quoted.replace("\\n", "\n").replace("\\\"", "\""));
            } else if (!matcher.group().isBlank() && !matcher.group().startsWith("#")) {
                tokens.add(matcher.group());
            }
        }
        try {
            block();
        } catch (IndexOutOfBoundsException e) {
            throw new ImageModel.StartFailure(1, "nginx: [emerg] unexpected end of file in " + file);
        }
    }

    private void block() {
        while (at < tokens.size() && !tokens.get(at).equals("}")) {
            List<String> words = directive();
            if (tokens.get(at).equals("{")) {
                at++;
                switch (words.get(0)) {
                    case "server" -> server();
                    case "http" -> block();
                    default -> skip();
                }
            }
            at++;
        }
    }

    private List<String> directive() {
        List<String> words = new ArrayList<>();
        while (!Set.of("{", ";").contains(tokens.get(at))) {
            words.add(tokens.get(at++));
        }
        return words;
    }

    private void skip() {
        int depth = 1;
        while (depth > 0) {
            String token = tokens.get(at++);
            depth += token.equals("{") ? 1 : token.equals("}") ? -1 : 0;
        }
        at--;
    }

    private void server() {
        List<Integer> ports = new ArrayList<>();
        List<Location> locations = new ArrayList<>();
        Location base = new Location("/", false, html, 0, "", "");
        while (!tokens.get(at).equals("}")) {
            List<String> words = directive();
            if (tokens.get(at).equals("{")) {
                at++;
                locations.add(location(words, base));
            } else if (words.get(0).equals("listen")) {
                ports.add(Integer.parseInt(words.get(1).replaceFirst("^.*:", "")));
            } else {
                base = applied(base, words);
            }
            at++;
        }
        locations.add(base);
        servers.add(new Server(
                ports.isEmpty() ? List.of(80) : ports.stream().distinct().toList(), locations));
    }

    private Location location(List<String> words, Location base) {
        if (!words.get(0).equals("location") || words.get(1).startsWith("~")) {
            throw new NotSimulated("nginx configuration \"" + String.join(" ", words) + "\"");
        }
        String prefix = words.get(words.size() - 1);
        Location location =
                new Location(prefix, words.get(1).equals("="), base.root(), base.code(), base.text(), base.type());
        while (!tokens.get(at).equals("}")) {
            location = applied(location, directive());
            at++;
        }
        return location;
    }

    private static Location applied(Location location, List<String> words) {
        String value = words.size() > 1 ? words.get(1) : "";
        return switch (words.get(0)) {
            case "root" ->
                new Location(
                        location.prefix(), location.exact(), value, location.code(), location.text(), location.type());
            case "return" ->
                new Location(
                        location.prefix(),
                        location.exact(),
                        location.root(),
                        Integer.parseInt(value),
                        words.size() > 2 ? words.get(2) : "",
                        location.type());
            case "default_type" ->
                new Location(
                        location.prefix(), location.exact(), location.root(), location.code(), location.text(), value);
            default -> {
                if (!IGNORED.contains(words.get(0))) {
                    throw new NotSimulated("nginx configuration \"" + String.join(" ", words) + "\"");
                }
                yield location;
            }
        };
    }
}
