package dev.plumbline.simulation.system.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A provisioned data source.
 *
 * @param id counts from 1
 * @param readOnly whether the interface refuses to change it
 */
record Datasource(
        int id,
        String uid,
        String name,
        String type,
        String url,
        String access,
        boolean byDefault,
        boolean readOnly,
        JsonNode jsonData) {

    static Datasource of(int id, JsonNode entry) {
        String name = entry.path("name").asText();
        JsonNode data = entry.path("jsonData");
        return new Datasource(
                id,
                entry.path("uid").asText(generated(name)),
                name,
                entry.path("type").asText(),
                entry.path("url").asText("").replaceFirst("/+$", ""),
                entry.path("access").asText("proxy"),
                entry.path("isDefault").asBoolean(false),
                !entry.path("editable").asBoolean(false),
                data.isObject() ? data : Json.object());
    }

    /** The identifier that Grafana makes of a name. */
    private static String generated(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return "P" + HexFormat.of().formatHex(digest).substring(0, 16).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    ObjectNode json() {
        ObjectNode node = Json.object();
        node.put("id", id).put("uid", uid).put("orgId", 1).put("name", name).put("type", type);
        node.put("typeName", type.equals("prometheus") ? "Prometheus" : type);
        node.put("typeLogoUrl", "public/app/plugins/datasource/" + type + "/img/" + type + "_logo.svg");
        node.put("access", access)
                .put("url", url)
                .put("user", "")
                .put("database", "")
                .put("basicAuth", false);
        node.put("isDefault", byDefault);
        node.set("jsonData", jsonData);
        return node.put("readOnly", readOnly);
    }

    /** How often its Prometheus scrapes, as it was told. */
    String scrapeInterval() {
        return jsonData.path("timeInterval").asText("15s");
    }
}
