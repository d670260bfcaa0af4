package dev.plumbline.simulation.system.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.Program.Request;
import dev.plumbline.simulation.system.grafana.Access.Role;
import dev.plumbline.simulation.system.grafana.Upstream.Unreachable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HTTP interface for somebody who was let in. */
final class GrafanaApi {

    private static final Pattern DASHBOARD = Pattern.compile("/api/dashboards/uid/([^/]+)");
    private static final Pattern DATASOURCE = Pattern.compile("/api/datasources/uid/([^/]+)(/health)?");
    private static final Pattern PROXIED =
            Pattern.compile("/api/datasources/(?:uid/([^/]+)/resources|proxy/uid/([^/]+))(/.*)");
    private static final Pattern LIBRARY = Pattern.compile("/api/library-elements(/.*)?");

    private final Provisioning provisioning;
    private final Upstream upstream;
    private final DataQueries queries;
    private final String version;

    GrafanaApi(Provisioning provisioning, Upstream upstream, DataQueries queries, String version) {
        this.provisioning = provisioning;
        this.upstream = upstream;
        this.queries = queries;
        this.version = version;
    }

    Reply answer(Role role, Request request) {
        String path = request.path().replaceFirst("\\?.*$", "");
        if (request.method().equals("POST") && path.equals("/api/ds/query")) {
            return queries.answer(request);
        }
        Matcher proxied = PROXIED.matcher(path);
        if (proxied.matches()) {
            String uid = proxied.group(1) == null ? proxied.group(2) : proxied.group(1);
            return proxied(uid, proxied.group(3), request);
        }
        if (!request.method().equals("GET")) {
            return Json.message(501, "not simulated: " + request.method() + " " + path + " of Grafana");
        }
        return get(role, path, request);
    }

    private Reply get(Role role, String path, Request request) {
        Matcher dashboard = DASHBOARD.matcher(path);
        if (dashboard.matches()) {
            return dashboard(dashboard.group(1));
        }
        Matcher datasource = DATASOURCE.matcher(path);
        if (datasource.matches()) {
            return datasource(role, datasource.group(1), datasource.group(2) != null);
        }
        Matcher library = LIBRARY.matcher(path);
        if (library.matches()) {
            return library.group(1) == null
                    ? noLibraryElements()
                    : Json.message(404, "library element could not be found");
        }
        return switch (path) {
            case "/api/search" -> search(parameters(request));
            case "/api/datasources" -> datasources(role);
            case "/api/folders" -> folders();
            case "/api/frontend/settings" -> settings();
            case "/api/org" -> Json.reply(200, Json.object().put("id", 1).put("name", "Main Org."));
            default ->
                path.startsWith("/api/")
                        ? Json.message(404, "Not found")
                        : Json.html("<!DOCTYPE html><html><head><title>Grafana</title></head></html>");
        };
    }

    private static Map<String, String> parameters(Request request) {
        Map<String, String> parameters = new HashMap<>();
        int question = request.path().indexOf('?');
        for (String pair : request.path().substring(question + 1).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (question >= 0 && parts.length == 2) {
                parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private Reply search(Map<String, String> asked) {
        ArrayNode found = Json.array();
        String type = asked.getOrDefault("type", "");
        String text = asked.getOrDefault("query", "").toLowerCase(java.util.Locale.ROOT);
        if (!type.equals("dash-db")) {
            provisioning
                    .folders()
                    .forEach(folder ->
                            found.add(folder(folder).put("type", "dash-folder").put("url", Folders.url(folder))));
        }
        if (!type.equals("dash-folder")) {
            provisioning.dashboards().stream()
                    .filter(each ->
                            each.title().toLowerCase(java.util.Locale.ROOT).contains(text))
                    .forEach(each -> found.add(each.found()));
        }
        return Json.reply(200, found);
    }

    private static ObjectNode folder(String title) {
        return Json.object().put("id", 1).put("uid", Folders.uid(title)).put("title", title);
    }

    private Reply folders() {
        ArrayNode folders = Json.array();
        provisioning.folders().forEach(title -> folders.add(folder(title)));
        return Json.reply(200, folders);
    }

    private Reply dashboard(String uid) {
        return provisioning.dashboards().stream()
                .filter(each -> each.uid().equals(uid))
                .findFirst()
                .map(each -> Json.reply(200, each.full()))
                .orElseGet(() -> Json.message(404, "Dashboard not found"));
    }

    private static Reply denied() {
        return Json.reply(
                403,
                Json.object()
                        .put(
                                "message",
                                "You'll need additional permissions to perform this action."
                                        + " Permissions needed: datasources:read")
                        .put("title", "Access denied"));
    }

    private Reply datasources(Role role) {
        if (role != Role.ADMIN) {
            return denied();
        }
        ArrayNode all = Json.array();
        provisioning.datasources().forEach(each -> all.add(each.json()));
        return Json.reply(200, all);
    }

    private Reply datasource(Role role, String uid, boolean health) {
        if (!health && role != Role.ADMIN) {
            return denied();
        }
        return provisioning
                .datasource(uid)
                .map(each -> health ? health(each) : Json.reply(200, each.json()))
                .orElseGet(() -> Json.message(404, "Data source not found"));
    }

    private Reply health(Datasource datasource) {
        if (!datasource.type().equals("prometheus")) {
            return Json.message(501, "not simulated: health of data source type " + datasource.type());
        }
        try {
            String path = "/api/v1/query?query=1%2B1";
            Reply reply = upstream.send(datasource, "GET", path, Map.of(), new byte[0]);
            if (reply.status() == 200) {
                return Json.reply(
                        200,
                        Json.object()
                                .put("message", "Successfully queried the Prometheus API.")
                                .put("status", "OK"));
            }
            return unhealthy(reply.status() + " - " + new String(reply.body(), StandardCharsets.UTF_8));
        } catch (Unreachable e) {
            return unhealthy(e.getMessage());
        }
    }

    private static Reply unhealthy(String why) {
        ObjectNode node = Json.object();
        node.putObject("details").put("verboseMessage", why);
        node.put("message", why + " - There was an error returned querying the Prometheus API.");
        return Json.reply(400, node.put("status", "ERROR"));
    }

    /** Resource calls and the proxy hand a request on to the data source. */
    private Reply proxied(String uid, String path, Request request) {
        return provisioning
                .datasource(uid)
                .map(datasource -> proxied(datasource, path, request))
                .orElseGet(() -> Json.message(404, "Data source not found"));
    }

    private Reply proxied(Datasource datasource, String path, Request request) {
        int question = request.path().indexOf('?');
        String query = question < 0 ? "" : request.path().substring(question);
        try {
            String type = request.headers().getOrDefault("content-type", "");
            Map<String, String> headers = type.isEmpty() ? Map.of() : Map.of("content-type", type);
            return upstream.send(datasource, request.method(), path + query, headers, request.body());
        } catch (Unreachable e) {
            return Json.message(502, e.getMessage());
        }
    }

    private static Reply noLibraryElements() {
        ObjectNode node = Json.object();
        ObjectNode result = node.putObject("result");
        result.put("totalCount", 0).put("page", 1).put("perPage", 100).putArray("elements");
        return Json.reply(200, node);
    }

    private Reply settings() {
        ObjectNode settings = Json.object();
        provisioning.defaultDatasource().ifPresent(each -> settings.put("defaultDatasource", each.name()));
        ObjectNode datasources = settings.putObject("datasources");
        for (Datasource each : provisioning.datasources()) {
            JsonNode json = each.json();
            datasources.set(each.name(), json);
        }
        settings.putObject("buildInfo").put("version", version);
        return Json.reply(200, settings);
    }
}
