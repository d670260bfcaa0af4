package dev.plumbline.gitops;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** configMapGenerator and secretGenerator of one kustomization. */
final class Generators {
    private static final Set<String> FIELDS =
            Set.of("name", "namespace", "behavior", "files", "literals", "envs", "env", "options");
    private static final Set<String> SECRET_FIELDS =
            Set.of("name", "namespace", "behavior", "files", "literals", "envs", "env", "options", "type");
    private static final Set<String> OPTIONS = Set.of("labels", "annotations", "disableNameSuffixHash", "immutable");

    private final Source source;
    private final String directory;
    private final Settings settings;

    Generators(Source source, String directory, Settings settings) {
        this.source = source;
        this.directory = directory;
        this.settings = settings;
    }

    void addTo(List<Resource> resources) throws KustomizeException {
        for (Settings one : settings.parts("configMapGenerator")) {
            one.only(FIELDS);
            Map<String, Object> object = base("ConfigMap", one);
            pairs(one).forEach((key, value) -> putText(object, key, value));
            put(object, one, resources);
        }
        for (Settings one : settings.parts("secretGenerator")) {
            one.only(SECRET_FIELDS);
            Map<String, Object> object = base("Secret", one);
            object.put("type", one.text("type").orElse("Opaque"));
            Map<String, Object> data = Fields.child(object, "data");
            pairs(one).forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value)));
            put(object, one, resources);
        }
    }

    private static Map<String, Object> base(String kind, Settings one) throws KustomizeException {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", "v1");
        object.put("kind", kind);
        Map<String, Object> metadata = Fields.child(object, "metadata");
        metadata.put("name", one.needed("name"));
        one.text("namespace").ifPresent(it -> metadata.put("namespace", it));
        return object;
    }

    /** Text goes to data, anything else to binaryData. */
    private static void putText(Map<String, Object> object, String key, byte[] value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            Fields.child(object, "data").put(key, text);
        } catch (CharacterCodingException e) {
            Fields.child(object, "binaryData").put(key, Base64.getEncoder().encodeToString(value));
        }
    }

    private void put(Map<String, Object> object, Settings one, List<Resource> resources) throws KustomizeException {
        boolean hashed = options(object, one);
        String behavior = one.text("behavior").orElse("create");
        Resource made = new Resource(object, settings.file());
        List<Resource> present = resources.stream()
                .filter(it -> it.wasEver(made.identity()::same))
                .toList();
        switch (behavior) {
            case "create" -> {
                if (!present.isEmpty()) {
                    throw one.error("name", made.identity() + " is there already: behavior must be merge or replace");
                }
                resources.add(made);
                made.hash(hashed);
            }
            case "merge", "replace" -> {
                if (present.size() != 1) {
                    throw one.error(
                            "behavior",
                            made.identity() + ": cannot " + behavior + ", there are " + present.size() + " of it");
                }
                change(present.get(0), object, behavior.equals("merge"));
                present.get(0).hash(hashed);
            }
            default -> throw one.error("behavior", "behavior is create, merge or replace, not \"" + behavior + "\"");
        }
    }

    private static void change(Resource present, Map<String, Object> made, boolean merge) {
        Map<String, Object> object = present.object();
        for (String field : List.of("labels", "annotations")) {
            Fields.find(made, "metadata", field)
                    .ifPresent(it -> Fields.child(present.metadata(), field).putAll(it));
        }
        for (String field : List.of("data", "binaryData")) {
            if (!merge) {
                object.remove(field);
            }
            Fields.find(made, field).ifPresent(it -> Fields.child(object, field).putAll(it));
        }
        for (String field : List.of("type", "immutable")) {
            if (made.containsKey(field)) {
                object.put(field, made.get(field));
            }
        }
    }

    /** Writes the options into the object; whether its name gets a hash. */
    private boolean options(Map<String, Object> object, Settings one) throws KustomizeException {
        boolean hashed = true;
        for (Optional<Settings> each : List.of(settings.part("generatorOptions"), one.part("options"))) {
            if (each.isPresent()) {
                Settings options = each.get();
                options.only(OPTIONS);
                hashed &= !options.flag("disableNameSuffixHash");
                if (options.flag("immutable")) {
                    object.put("immutable", true);
                }
                for (String field : List.of("labels", "annotations")) {
                    if (options.has(field)) {
                        Fields.child(Fields.child(object, "metadata"), field).putAll(options.pairs(field));
                    }
                }
            }
        }
        return hashed;
    }

    private Map<String, byte[]> pairs(Settings one) throws KustomizeException {
        Map<String, byte[]> pairs = new TreeMap<>();
        for (String path : one.texts("envs")) {
            envFile(one, "envs", path, pairs);
        }
        if (one.has("env")) {
            envFile(one, "env", one.needed("env"), pairs);
        }
        for (String literal : one.texts("literals")) {
            int equals = literal.indexOf('=');
            if (equals < 1) {
                throw one.error(
                        "literals", "literals: a literal is written key=value"); // it may be a secret: not shown
            }
            String value = unquoted(literal.substring(equals + 1));
            pair(one, "literals", literal.substring(0, equals), value.getBytes(StandardCharsets.UTF_8), pairs);
        }
        for (String file : one.texts("files")) {
            int equals = file.indexOf('=');
            String path = file.substring(equals + 1);
            String key = equals < 0 ? path.substring(path.lastIndexOf('/') + 1) : file.substring(0, equals);
            pair(one, "files", key, read(one, "files", path), pairs);
        }
        return pairs;
    }

    private void envFile(Settings one, String field, String path, Map<String, byte[]> pairs) throws KustomizeException {
        String text = new String(read(one, field, path), StandardCharsets.UTF_8);
        for (String line : text.lines().toList()) {
            String entry = line.stripLeading();
            if (!entry.isEmpty() && !entry.startsWith("#")) {
                int equals = entry.indexOf('=');
                String key = equals < 0 ? entry : entry.substring(0, equals);
                String value = equals < 0 ? "" : entry.substring(equals + 1);
                pair(one, field, key, value.getBytes(StandardCharsets.UTF_8), pairs);
            }
        }
    }

    private static void pair(Settings one, String field, String key, byte[] value, Map<String, byte[]> pairs)
            throws KustomizeException {
        if (!key.matches("[-._a-zA-Z0-9]{1,253}")) {
            throw one.error(field, "\"" + key + "\" is no key: letters, digits, dot, dash and underscore only");
        }
        if (pairs.put(key, value) != null) {
            throw one.error(field, "key \"" + key + "\" is there twice");
        }
    }

    private byte[] read(Settings one, String field, String path) throws KustomizeException {
        return source.resolve(directory, path)
                .flatMap(source::file)
                .orElseThrow(() -> one.error(field, "no such file \"" + path + "\""));
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1
                && text.charAt(0) == text.charAt(text.length() - 1)
                && (text.charAt(0) == '"' || text.charAt(0) == '\'');
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
