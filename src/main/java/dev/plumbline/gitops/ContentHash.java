package dev.plumbline.gitops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The suffix that kustomize gives to a generated ConfigMap or Secret. */
final class ContentHash {
    private static final int LENGTH = 10;

    private ContentHash() {}

    static String of(Map<String, Object> object) {
        Map<String, Object> content = new TreeMap<>();
        content.put("kind", object.get("kind"));
        content.put("name", ""); // kustomize means to put the name here, but looks it up in the wrong place
        content.put("data", object.getOrDefault("data", ""));
        for (String optional : new String[] {"type", "binaryData", "stringData"}) {
            if (object.containsKey(optional)) {
                content.put(optional, object.get(optional));
            }
        }
        String hash = HexFormat.of().formatHex(sha256(json(content))).substring(0, LENGTH);
        // as kustomize does, so that a name never spells a word
        return hash.replace('0', 'g')
                .replace('1', 'h')
                .replace('3', 'k')
                .replace('a', 'm')
                .replace('e', 't');
    }

    /** JSON as Go writes it: keys sorted, and these characters escaped. */
    private static String json(Map<String, Object> content) {
        try {
            return new ObjectMapper()
                    .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
                    .writeValueAsString(content)
                    .replace("&", "\\u0026")
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts are always JSON", e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
