package dev.plumbline.simulation.system.minio;

import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.node.CommandLine;
import dev.plumbline.simulation.shell.ScriptProgram;
import dev.plumbline.simulation.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The server's command line and credentials. */
final class MinioImage implements ImageModel {

    @Override
    public boolean runs(String image) {
        return image.matches("(?:[^\\s/]+/)*minio/minio(?:[:@].*)?");
    }

    @Override
    public Program start(Start start) throws StartFailure {
        List<String> words = new ArrayList<>(start.container().getCommand());
        words.addAll(start.container().getArgs());
        if (!words.isEmpty() && words.get(0).matches("(?:.*/)?(?:minio|docker-entrypoint\\.sh)")) {
            words.remove(0);
        }
        if (!words.isEmpty() && words.get(0).equals("server")) {
            return server(start, words);
        }
        Optional<List<String>> server = serverOf(CommandLine.asScript(words), start.files());
        return server.isPresent()
                ? server(start, server.get())
                : new ScriptProgram(Shell.of(start), CommandLine.asScript(words));
    }

    /** The server that a script becomes, after it has made directories, which the server shows as buckets. */
    private static Optional<List<String>> serverOf(String script, Files files) {
        String[] lines = script.strip().split("\\s*(?:&&|;|\\n)\\s*");
        String last = lines[lines.length - 1].replaceFirst("^exec\\s+", "");
        if (!last.matches("(?:\\S*/)?minio\\s+server\\s.*")) {
            return Optional.empty();
        }
        for (String line : List.of(lines).subList(0, lines.length - 1)) {
            if (!line.startsWith("mkdir ")) {
                throw new NotSimulated("\"" + line + "\" before MinIO's server");
            }
            List.of(line.split("\\s+")).stream()
                    .skip(1)
                    .filter(word -> !word.startsWith("-"))
                    .forEach(files::makeDirectory);
        }
        List<String> words = new ArrayList<>(List.of(last.split("\\s+")));
        words.remove(0);
        return Optional.of(words);
    }

    private static Program server(Start start, List<String> words) throws StartFailure {
        List<String> directories = directories(words.subList(1, words.size()));
        if (directories.size() != 1
                || directories.get(0).contains("{")
                || directories.get(0).contains("://")) {
            throw new NotSimulated("MinIO on several drives or hosts: " + directories);
        }
        Map<String, String> env = start.env();
        String user = env.getOrDefault("MINIO_ROOT_USER", "minioadmin");
        String password = env.getOrDefault("MINIO_ROOT_PASSWORD", "minioadmin");
        if (user.length() < 3 || password.length() < 8) {
            throw new StartFailure(
                    1,
                    "FATAL Unable to validate credentials inherited from the shell environment:"
                            + " Invalid credentials\n");
        }
        S3 s3 = new S3(
                new Buckets(start.files(), directories.get(0)),
                user,
                start.world().clock());
        return new MinioProgram(s3, consolePort(words), Shell.of(start));
    }

    private static List<String> directories(List<String> words) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).replace("\"", "").replace("'", "");
            if (word.matches("--(?:console-)?address|--certs-dir|-S")) {
                i++;
            } else if (!word.startsWith("-")) {
                found.add(word);
            }
        }
        return found;
    }

    private static Optional<Integer> consolePort(List<String> words) {
        String line = String.join(" ", words);
        String port = line.replaceFirst(".*--console-address[= ]['\"]?[^\\s:]*:(\\d+).*", "$1");
        return port.equals(line) ? Optional.empty() : Optional.of(Integer.valueOf(port));
    }
}
