package dev.plumbline.parity;

import dev.plumbline.cluster.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One answer of a server, and what of it is compared. */
record Reply(int status, String body) {

    private static final int SUCCESS = 300;

    Object json() {
        return Side.read(body);
    }

    /** Whether it has the status, or the fields, that a case waits for. */
    boolean is(Object wanted) {
        if (wanted instanceof Integer code) {
            return status == code;
        }
        return wanted instanceof Map<?, ?> fields
                && fields.entrySet().stream()
                        .allMatch(field -> field(json(), String.valueOf(field.getKey()))
                                .equals(field.getValue() == null ? "-" : Side.json(field.getValue())));
    }

    /** The status; why, if it is a refusal; the fields that the call shows. */
    String said(Map<String, Object> call) {
        if (status >= SUCCESS) {
            Object refusal = json();
            return status + " " + plain(refusal, ".reason") + ": "
                    + plain(refusal, ".message").replaceFirst("(?s)\n@@ .*", "");
        }
        String text = call.containsKey("text") ? " " + body.strip().replace("\n", " / ") : "";
        return status + text + fields(json(), call);
    }

    private static String plain(Object tree, String path) {
        return FieldPath.parse(path).in(tree).map(String::valueOf).orElse("-");
    }

    static String fields(@Nullable Object tree, Map<String, Object> call) {
        if (!(call.get("show") instanceof List<?> paths)) {
            return "";
        }
        return paths.stream()
                .map(path -> " " + path + "=" + field(tree, String.valueOf(path)))
                .collect(Collectors.joining());
    }

    /** A value as JSON, or a dash where there is none. */
    static String field(@Nullable Object tree, String path) {
        int all = path.indexOf("[*]");
        if (all < 0) {
            return FieldPath.parse(path).in(tree).map(Side::json).orElse("-");
        }
        Optional<Object> list = FieldPath.parse(path.substring(0, all)).in(tree);
        return list.orElse(List.of()) instanceof List<?> items
                ? items.stream()
                        .map(item -> field(item, path.substring(all + "[*]".length())))
                        .collect(Collectors.joining(",", "[", "]"))
                : "-";
    }
}
