package dev.plumbline.simulation.system.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;

/**
 * A dashboard that a file provisions.
 *
 * @param file below the provider's directory
 * @param folder the title of its folder, empty for none
 * @param model as the file has it, with uid, id and version
 */
record Dashboard(int id, String uid, String title, String file, String folder, ObjectNode model, Instant created) {

    static String slug(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    private String url() {
        return "/d/" + uid + "/" + slug(title);
    }

    ObjectNode found() {
        ObjectNode node = Json.object();
        node.put("id", id).put("orgId", 1).put("uid", uid).put("title", title);
        node.put("uri", "db/" + slug(title)).put("url", url()).put("slug", "").put("type", "dash-db");
        ArrayNode tags = node.putArray("tags");
        model.path("tags").forEach(tags::add);
        node.put("isStarred", false);
        if (!folder.isEmpty()) {
            node.put("folderUid", Folders.uid(folder)).put("folderTitle", folder);
            node.put("folderUrl", Folders.url(folder));
        }
        return node.put("sortMeta", 0).put("isDeleted", false);
    }

    JsonNode full() {
        ObjectNode node = Json.object();
        ObjectNode meta = node.putObject("meta");
        meta.put("type", "db").put("canSave", false).put("canEdit", false).put("canAdmin", false);
        meta.put("canStar", false)
                .put("canDelete", false)
                .put("slug", slug(title))
                .put("url", url());
        meta.put("expires", "0001-01-01T00:00:00Z");
        meta.put("created", created.toString()).put("updated", created.toString());
        meta.put("updatedBy", "Anonymous").put("createdBy", "Anonymous");
        meta.put("version", model.path("version").asInt(1)).put("hasAcl", false).put("isFolder", false);
        meta.put("folderUid", folder.isEmpty() ? "" : Folders.uid(folder));
        meta.put("folderTitle", folder.isEmpty() ? "General" : folder);
        meta.put("folderUrl", folder.isEmpty() ? "" : Folders.url(folder));
        meta.put("provisioned", true).put("provisionedExternalId", file);
        node.set("dashboard", model);
        return node;
    }
}
