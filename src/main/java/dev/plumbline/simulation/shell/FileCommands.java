package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.shell.Command.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Commands that work on files as a whole. */
final class FileCommands {

    private FileCommands() {}

    static Map<String, Command> all() {
        Map<String, Command> all = new LinkedHashMap<>();
        all.put("mkdir", guarded(FileCommands::mkdir));
        all.put("rm", guarded(FileCommands::rm));
        all.put("rmdir", guarded(FileCommands::rm));
        all.put("touch", guarded(FileCommands::touch));
        all.put("cp", guarded(call -> copy(call, false)));
        all.put("mv", guarded(call -> copy(call, true)));
        all.put("ls", FileCommands::ls);
        all.put("find", FileCommands::find);
        all.put("dd", guarded(FileCommands::dd));
        return all;
    }

    private static Command guarded(Command command) {
        return call -> {
            try {
                return command.run(call);
            } catch (IllegalStateException readOnly) {
                return call.fail(String.valueOf(readOnly.getMessage()));
            }
        };
    }

    private static int mkdir(Call call) {
        Options options = Options.of(call.arguments(), "m");
        Files files = call.context().files();
        for (String name : options.rest()) {
            String path = call.context().path(name);
            String parent = path.substring(0, Math.max(1, path.lastIndexOf('/')));
            if (!options.has('p')
                    && (call.context().isDirectory(path) || !call.context().isDirectory(parent))) {
                String why = call.context().isDirectory(path) ? "File exists" : "No such file or directory";
                return call.fail("can't create directory '" + name + "': " + why);
            }
            files.makeDirectory(path);
        }
        return 0;
    }

    private static int rm(Call call) {
        Options options = Options.of(call.arguments(), "");
        int code = 0;
        for (String name : options.rest()) {
            String path = call.context().path(name);
            Files files = call.context().files();
            boolean directory = call.context().isDirectory(path);
            boolean there = directory || files.read(path).isPresent();
            boolean deep = options.has('r') || options.has('R') || call.name().equals("rmdir");
            if (!there && !options.has('f')) {
                code = call.fail("can't remove '" + name + "': No such file or directory");
            } else if (directory && !deep) {
                code = call.fail("'" + name + "' is a directory");
            } else if (there) {
                files.delete(path);
            }
        }
        return code;
    }

    private static int touch(Call call) {
        for (String name : Options.of(call.arguments(), "dt").rest()) {
            String path = call.context().path(name);
            if (call.context().files().read(path).isEmpty()) {
                call.context().files().write(path, new byte[0]);
            }
        }
        return 0;
    }

    private static int copy(Call call, boolean move) {
        List<String> rest = Options.of(call.arguments(), "").rest();
        Files files = call.context().files();
        String target = call.context().path(rest.get(rest.size() - 1));
        for (String name : rest.subList(0, rest.size() - 1)) {
            String source = call.context().path(name);
            if (files.read(source).isEmpty() && !call.context().isDirectory(source)) {
                return call.fail("can't stat '" + name + "': No such file or directory");
            }
            String base = source.substring(source.lastIndexOf('/') + 1);
            boolean inside = call.context().isDirectory(target) && !base.equals(".");
            String to = inside ? target + "/" + base : target;
            String from = base.equals(".") ? source.substring(0, source.length() - 2) : source;
            for (String file : files.list(from)) {
                files.read(file).ifPresent(content -> files.write(to + file.substring(from.length()), content));
            }
            if (move) {
                files.delete(from);
            }
        }
        return 0;
    }

    private static int ls(Call call) {
        Options options = Options.of(call.arguments(), "");
        if (!options.only("1aA")) {
            throw new NotSimulated("command ls " + String.join(" ", call.arguments()));
        }
        List<String> paths = options.rest().isEmpty() ? List.of(".") : options.rest();
        int code = 0;
        for (String name : paths) {
            String path = call.context().path(name.equals(".") ? call.context().directory() : name);
            Files files = call.context().files();
            if (files.read(path).isPresent()) {
                call.streams().print(name + "\n");
            } else if (call.context().isDirectory(path)) {
                names(files, path, options.has('a') || options.has('A'))
                        .forEach(child -> call.streams().print(child + "\n"));
            } else {
                call.streams().complain("ls: " + name + ": No such file or directory");
                code = 1;
            }
        }
        return code;
    }

    private static TreeSet<String> names(Files files, String directory, boolean hidden) {
        TreeSet<String> names = new TreeSet<>();
        String prefix = directory.equals("/") ? "/" : directory.replaceAll("/+$", "") + "/";
        for (String file : files.list(directory)) {
            String name = file.substring(prefix.length()).split("/")[0];
            if (hidden || !name.startsWith(".")) {
                names.add(name);
            }
        }
        return names;
    }

    private static int find(Call call) {
        List<String> words = call.arguments();
        String root = words.isEmpty() || words.get(0).startsWith("-") ? "." : words.get(0);
        String pattern = "*";
        for (int i = root.equals(".") && (words.isEmpty() || !words.get(0).equals(".")) ? 0 : 1;
                i < words.size();
                i += 2) {
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            if (words.get(i).equals("-name")) {
                pattern = value;
            } else if (!words.get(i).equals("-type") || !value.equals("f")) {
                throw new NotSimulated("command find " + String.join(" ", words));
            }
        }
        if (!words.contains("-type")) {
            throw new NotSimulated("command find without -type f");
        }
        String regex = Expander.regex(pattern, true);
        String base = call.context().path(root.equals(".") ? call.context().directory() : root);
        for (String file : call.context().files().list(base)) {
            if (file.substring(file.lastIndexOf('/') + 1).matches(regex)) {
                call.streams().print(file + "\n");
            }
        }
        return 0;
    }

    private static int dd(Call call) {
        Map<String, String> set = new LinkedHashMap<>();
        call.arguments()
                .forEach(argument -> set.put(argument.split("=")[0], argument.substring(argument.indexOf('=') + 1)));
        if (!"/dev/zero".equals(set.get("if")) || !set.containsKey("of")) {
            throw new NotSimulated("command dd " + String.join(" ", call.arguments()));
        }
        long size = size(set.getOrDefault("bs", "512")) * Long.parseLong(set.getOrDefault("count", "1"));
        if (size > 64L << 20) {
            throw new NotSimulated("a file of more than 64 MiB");
        }
        call.context().files().write(call.context().path(set.getOrDefault("of", "")), new byte[(int) size]);
        return 0;
    }

    private static long size(String text) {
        long number = Long.parseLong(text.replaceAll("\\D", ""));
        return text.endsWith("M") ? number << 20 : text.matches(".*[kK]") ? number << 10 : number;
    }

    /** The content of a file, or of the standard input for "-". */
    static Optional<String> content(Call call, String name) {
        return name.equals("-")
                ? Optional.of(call.streams().rest())
                : call.context().files().read(call.context().path(name)).map(Interpreter::text);
    }
}
