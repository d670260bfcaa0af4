package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.simulation.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The collections of a server and their files below its storage path: what is written here is what a restart finds. */
final class Collections {

    private static final String FILE = "collection.json";

    private final Files files;
    private final String root;
    private final Map<String, Collection> all = new TreeMap<>();

    Collections(Files files, String storage) {
        this.files = files;
        this.root = storage + "/collections";
        Pattern stored = Pattern.compile(Pattern.quote(root) + "/([^/]+)/" + FILE);
        for (String path : files.list(root)) {
            Matcher name = stored.matcher(path);
            if (name.matches()) {
                JsonNode content = Answers.parse(files.read(path).orElse(new byte[0]));
                all.put(name.group(1), Collection.read(name.group(1), content));
            }
        }
    }

    List<String> names() {
        return List.copyOf(all.keySet());
    }

    boolean has(String name) {
        return all.containsKey(name);
    }

    Iterable<Collection> all() {
        return all.values();
    }

    Collection get(String name) {
        Collection collection = all.get(name);
        if (collection == null) {
            throw Refusal.noCollection(name);
        }
        return collection;
    }

    void create(String name, JsonNode description) {
        if (has(name)) {
            throw Refusal.exists(name);
        }
        if (name.isEmpty() || name.length() > 255 || name.matches(".*[<>:\"/\\\\|?*\u0000-\u001f].*")) {
            throw Refusal.wrong("Validation error in path parameters: [collection_name: collection name is invalid]");
        }
        put(new Collection(name, description));
    }

    /** Puts a collection in place of the one of that name. */
    void put(Collection collection) {
        all.put(collection.name(), collection);
        save(collection);
    }

    void save(Collection collection) {
        files.write(root + "/" + collection.name() + "/" + FILE, Answers.bytes(collection.json()));
    }

    boolean delete(String name) {
        files.delete(root + "/" + name);
        return all.remove(name) != null;
    }
}
