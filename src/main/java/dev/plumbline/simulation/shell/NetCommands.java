package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.shell.Command.Call;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Commands that send HTTP requests. */
final class NetCommands {

    private NetCommands() {}

    static Map<String, Command> all() {
        return Map.of("wget", NetCommands::wget, "curl", NetCommands::curl);
    }

    private static int wget(Call call) {
        Map<String, String> headers = new LinkedHashMap<>();
        String body = null;
        String output = "";
        String url = "";
        boolean quiet = false;
        boolean spider = false;
        List<String> words = call.arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-O") || word.equals("-T") || word.equals("-t")) {
                output = word.equals("-O") ? words.get(i + 1) : output;
                i++;
            } else if (word.matches("-q?O.+")) {
                output = word.substring(word.indexOf('O') + 1);
                quiet |= word.startsWith("-q");
            } else if (word.equals("-qO")) {
                quiet = true;
                output = words.get(++i);
            } else if (word.equals("--spider")) {
                spider = true;
            } else if (word.startsWith("--header")) {
                header(headers, word.contains("=") ? word.substring(word.indexOf('=') + 1) : words.get(++i));
            } else if (word.startsWith("--post-data")) {
                body = word.contains("=") ? word.substring(word.indexOf('=') + 1) : words.get(++i);
            } else if (word.equals("-q")
                    || word.equals("-S")
                    || word.matches("--(timeout|tries|quiet).*")
                    || word.matches("-[Tt]\\d+")) {
                quiet |= word.equals("-q");
            } else if (word.startsWith("-")) {
                throw new NotSimulated("command wget " + word);
            } else {
                url = word;
            }
        }
        return get(call, new Asked(url, body == null ? "GET" : "POST", headers, body), output, spider);
    }

    private static int get(Call call, Asked asked, String output, boolean spider) {
        Program.Reply reply;
        try {
            reply = asked.send(call);
        } catch (World.Refused refused) {
            return call.fail(refusal(asked, refused));
        }
        if (reply.status() >= 400) {
            return call.fail("server returned error: HTTP/1.1 " + reply.status());
        }
        if (spider) {
            return 0;
        }
        String path = asked.path().replaceAll("\\?.*", "");
        String name = path.substring(path.lastIndexOf('/') + 1);
        String to = output.isEmpty() ? (name.isEmpty() ? "index.html" : name) : output;
        write(call, to, reply.body());
        return 0;
    }

    private static void write(Call call, String to, byte[] body) {
        if (to.equals("-") || to.equals("/dev/stdout")) {
            call.streams().print(Interpreter.text(body));
        } else if (!to.equals("/dev/null")) {
            call.context().files().write(call.context().path(to), body);
        }
    }

    private static String refusal(Asked asked, World.Refused refused) {
        String why = String.valueOf(refused.getMessage());
        if (why.contains("no such host")) {
            return "bad address '" + asked.authority() + "'";
        }
        return "can't connect to remote host (" + asked.authority() + "): "
                + (why.contains("timeout") ? "Operation timed out" : "Connection refused");
    }

    private static void header(Map<String, String> headers, String line) {
        int colon = line.indexOf(':');
        headers.put(
                line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
                line.substring(colon + 1).trim());
    }

    private static int curl(Call call) {
        Curl curl = new Curl();
        curl.parse(call);
        Asked asked = new Asked(
                curl.url,
                curl.method.isEmpty() ? (curl.body == null ? "GET" : "POST") : curl.method,
                curl.headers,
                curl.body);
        Program.Reply reply;
        try {
            reply = asked.send(call);
        } catch (World.Refused refused) {
            boolean host = String.valueOf(refused.getMessage()).contains("no such host");
            if (!curl.silent || curl.showErrors) {
                call.streams()
                        .complain(
                                host
                                        ? "curl: (6) Could not resolve host: " + asked.host()
                                        : "curl: (7) Failed to connect to " + asked.host() + " port " + asked.port());
            }
            call.streams().print(curl.format.replace("%{http_code}", "000").replace("\\n", "\n"));
            return host ? 6 : 7;
        }
        if (curl.fail && reply.status() >= 400) {
            if (!curl.silent || curl.showErrors) {
                call.streams().complain("curl: (22) The requested URL returned error: " + reply.status());
            }
            return 22;
        }
        if (curl.head) {
            call.streams()
                    .print("HTTP/1.1 " + reply.status() + "\r\ncontent-type: " + reply.contentType() + "\r\n\r\n");
        } else {
            write(call, curl.output, reply.body());
        }
        call.streams()
                .print(curl.format
                        .replace("%{http_code}", Integer.toString(reply.status()))
                        .replace("\\n", "\n"));
        return 0;
    }

    /** What curl's arguments say. */
    private static final class Curl {
        private final Map<String, String> headers = new LinkedHashMap<>();
        private String url = "";
        private String method = "";
        private String output = "-";
        private String format = "";
        private @org.jspecify.annotations.Nullable String body;
        private boolean silent;
        private boolean showErrors;
        private boolean fail;
        private boolean head;

        void parse(Call call) {
            Options options =
                    Options.of(call.arguments().stream().map(Curl::shortened).toList(), "owXdHmTu");
            if (!options.only("owXdHmsSfLkIvi") || options.rest().size() != 1) {
                throw new NotSimulated("command curl " + String.join(" ", call.arguments()));
            }
            url = options.rest().get(0);
            method = options.value('X', options.has('I') ? "HEAD" : "");
            output = options.value('o', "-");
            format = options.value('w', "");
            body = options.has('d') ? options.value('d', "") : null;
            silent = options.has('s');
            showErrors = options.has('S');
            fail = options.has('f');
            head = options.has('I') || options.has('i');
            List<String> words = call.arguments();
            for (int i = 0; i + 1 < words.size(); i++) {
                if (words.get(i).equals("-H") || words.get(i).equals("--header")) {
                    header(headers, words.get(i + 1));
                }
            }
        }

        private static String shortened(String word) {
            return switch (word) {
                case "--silent" -> "-s";
                case "--show-error" -> "-S";
                case "--fail" -> "-f";
                case "--location" -> "-L";
                case "--insecure" -> "-k";
                case "--output" -> "-o";
                case "--write-out" -> "-w";
                case "--request" -> "-X";
                case "--data", "--data-binary", "--data-raw" -> "-d";
                case "--header" -> "-H";
                case "--max-time", "--connect-timeout" -> "-m";
                case "--head" -> "-I";
                default -> word;
            };
        }
    }

    /** A request as the command was asked to send it. */
    private record Asked(
            String url,
            String method,
            Map<String, String> headers,
            @org.jspecify.annotations.Nullable String body) {

        private URI uri() {
            return URI.create(url.contains("://") ? url : "http://" + url);
        }

        String host() {
            String host = uri().getHost();
            return host == null ? "" : host;
        }

        String authority() {
            return String.valueOf(uri().getAuthority());
        }

        int port() {
            return uri().getPort() < 0 ? 80 : uri().getPort();
        }

        String path() {
            String path = uri().getRawPath() == null || uri().getRawPath().isEmpty() ? "/" : uri().getRawPath();
            return uri().getRawQuery() == null ? path : path + "?" + uri().getRawQuery();
        }

        Program.Reply send(Call call) throws World.Refused {
            if (!"http".equals(uri().getScheme())) {
                throw new NotSimulated("a request to " + uri().getScheme() + "://" + authority());
            }
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.putIfAbsent("host", authority());
            byte[] content = body == null ? new byte[0] : Interpreter.bytes(body);
            Program.Request request = new Program.Request(method, path(), all, content);
            return call.context().world().send(call.context().shell().namespace(), host(), port(), request);
        }
    }
}
