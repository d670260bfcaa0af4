package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.shell.Node.Redirect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The redirections of a command: opened before it, written to files after it. */
final class Outlets {

    private final Context context;
    private final Expander expander;
    private final Map<StringBuffer, String> files = new LinkedHashMap<>();
    private Streams streams;

    Outlets(Context context, Expander expander, Streams streams) {
        this.context = context;
        this.expander = expander;
        this.streams = streams;
    }

    Streams streams() {
        return streams;
    }

    /** Why it cannot be done, null when it can. */
    @Nullable
    String open(List<Redirect> redirects) {
        for (Redirect redirect : redirects) {
            String word = expander.text(redirect.word());
            String problem = open(redirect, word);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable String open(Redirect redirect, String word) {
        switch (redirect.operator()) {
            case "<<" -> streams = streams.reading(word);
            case "<" -> {
                Optional<byte[]> content = word.equals("/dev/null")
                        ? Optional.of(new byte[0])
                        : context.files().read(context.path(word));
                if (content.isEmpty()) {
                    return "can't open " + word + ": no such file";
                }
                streams = streams.reading(Interpreter.text(content.get()));
            }
            case ">&" ->
                streams = redirect.from() == 2
                        ? streams.writing(streams.out(), streams.out())
                        : streams.writing(streams.err(), streams.err());
            default -> {
                return file(redirect, word);
            }
        }
        return null;
    }

    private @Nullable String file(Redirect redirect, String word) {
        StringBuffer buffer = new StringBuffer();
        boolean standard = List.of("/dev/stdout", "/dev/stderr", "/proc/1/fd/1").contains(word);
        if (standard) {
            buffer = word.equals("/dev/stderr") ? streams.err() : streams.out();
        } else if (!word.equals("/dev/null")) {
            String path = context.path(word);
            String problem = prepare(path, word, redirect.operator().equals(">>"), buffer);
            if (problem != null) {
                return problem;
            }
            files.put(buffer, path);
        }
        streams = switch (redirect.from()) {
            case 2 -> streams.writing(streams.out(), buffer);
            case 3 -> streams.writing(buffer, buffer);
            default -> streams.writing(buffer, streams.err());
        };
        return null;
    }

    private @Nullable String prepare(String path, String word, boolean append, StringBuffer buffer) {
        String parent = path.substring(0, Math.max(1, path.lastIndexOf('/')));
        if (context.isDirectory(path)) {
            return "can't create " + word + ": Is a directory";
        }
        if (!context.isDirectory(parent)) {
            return "can't create " + word + ": nonexistent directory";
        }
        try {
            if (append) {
                context.files().read(path).ifPresent(content -> buffer.append(Interpreter.text(content)));
            }
            context.files().write(path, Interpreter.bytes(buffer.toString()));
        } catch (IllegalStateException readOnly) {
            return "can't create " + word + ": Read-only file system";
        }
        return null;
    }

    void close() {
        files.forEach((buffer, path) -> context.files().write(path, Interpreter.bytes(buffer.toString())));
    }
}
