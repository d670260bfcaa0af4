package dev.plumbline.simulation.system.minio;

import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.system.EndedProgram;
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
        List<String> words = words(start);
        if (words.isEmpty() && !start.container().getCommand().isEmpty()) {
            return new EndedProgram("");
        }
        if (words.isEmpty() || !words.get(0).equals("server")) {
            throw new StartFailure(
                    1, "not simulated: minio " + String.join(" ", words) + " (only \"server DIR\" is)\n");
        }
        List<String> directories = directories(words.subList(1, words.size()));
        if (directories.size() != 1
                || directories.get(0).contains("{")
                || directories.get(0).contains("://")) {
            throw new StartFailure(1, "not simulated: MinIO on several drives or hosts: " + directories + "\n");
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
        Buckets buckets = new Buckets(start.files(), directories.get(0));
        return new MinioProgram(new S3(buckets, user, start.world().clock()), consolePort(words), directories.get(0));
    }

    /** The words after the program's name, which the image's entry point adds if it is left out. */
    private static List<String> words(Start start) throws StartFailure {
        List<String> words = new ArrayList<>(start.container().getCommand());
        words.addAll(start.container().getArgs());
        if (words.size() >= 3
                && words.get(0).matches("(?:/bin/|/usr/bin/)?(?:sh|bash)")
                && words.get(1).matches("-e?c")) {
            words = script(words.get(2), start.files());
        }
        if (!words.isEmpty() && words.get(0).matches("(?:.*/)?(?:minio|docker-entrypoint\\.sh)")) {
            words.remove(0);
        }
        return words;
    }

    /** A script may make directories, which the server shows as buckets, before it becomes the server or ends. */
    private static List<String> script(String script, Files files) throws StartFailure {
        for (String line : script.split("&&|;|\\n")) {
            List<String> words = new ArrayList<>(
                    List.of(line.strip().replaceFirst("^exec\\s+", "").split("\\s+")));
            if (words.get(0).equals("mkdir")) {
                words.stream().skip(1).filter(word -> !word.startsWith("-")).forEach(files::makeDirectory);
            } else if (words.get(0).matches("(?:.*/)?minio")) {
                return words;
            } else if (!words.get(0).isEmpty() && !words.get(0).equals("set")) {
                throw new StartFailure(127, "not simulated: \"" + line.strip() + "\" in MinIO's image\n");
            }
        }
        return new ArrayList<>();
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
