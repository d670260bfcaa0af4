package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** One watch: lines of JSON until its time is over, the client leaves or the server closes. */
final class WatchStream {

    private final Api api;
    private final Resource resource;
    private final Matching matching;
    private final boolean bookmarks;
    private final long seconds;
    private long told;

    WatchStream(Api api, Route route, Call call) {
        this.api = api;
        this.resource = route.resource();
        this.matching = Matching.of(route, call);
        this.bookmarks = call.flag("allowWatchBookmarks");
        this.seconds = call.number("timeoutSeconds", TimeUnit.HOURS.toSeconds(1));
        this.told = call.number("resourceVersion", 0);
    }

    void writeTo(OutputStream out) throws IOException {
        try {
            if (told == 0) {
                tellAll(out);
            }
            follow(out);
        } catch (KubernetesClientException e) {
            line(out, "ERROR", Json.MAPPER.valueToTree(e.getStatus()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellAll(OutputStream out) throws IOException {
        var now = api.store().atomically(() -> {
            told = api.store().version();
            return api.store().list(resource, null);
        });
        for (ObjectNode object : now) {
            if (matching.test(object)) {
                line(out, "ADDED", object);
            }
        }
    }

    private void follow(OutputStream out) throws IOException, InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(seconds);
        long marked = told;
        while (left > 0) {
            Store.News news = api.store().newsAfter(resource, told, marked, left);
            if (news == null) {
                return;
            }
            for (Store.Changed change : news.changes()) {
                tell(out, change);
                told = change.version();
            }
            if (bookmarks && news.bookmark() > Math.max(marked, told)) {
                bookmark(out, news.bookmark());
            }
            marked = Math.max(marked, news.bookmark());
            left = news.left();
        }
        if (bookmarks) {
            bookmark(out, Math.max(told, marked));
        }
    }

    /** What no longer matches is deleted for this watcher, what matches from now on is added. */
    private void tell(OutputStream out, Store.Changed change) throws IOException {
        ObjectNode before = change.before();
        boolean was = matching.test(before);
        boolean gone = change.type() == dev.plumbline.simulation.ClusterState.Change.Type.DELETED;
        boolean is = !gone && matching.test(change.object());
        if (is) {
            line(out, was ? "MODIFIED" : "ADDED", change.object());
        } else if (was && before != null) {
            line(out, "DELETED", gone ? change.object() : last(before, change.version()));
        }
    }

    /** As it was when it still matched, with the version of the change. */
    private static ObjectNode last(ObjectNode before, long version) {
        ObjectNode last = before.deepCopy();
        Json.metadata(last).put("resourceVersion", Long.toString(version));
        return last;
    }

    private void bookmark(OutputStream out, long version) throws IOException {
        ObjectNode mark = Json.object();
        mark.put("kind", resource.kind().kind())
                .put("apiVersion", resource.kind().apiVersion());
        mark.putObject("metadata")
                .put("resourceVersion", Long.toString(version))
                .putNull("creationTimestamp");
        line(out, "BOOKMARK", mark);
    }

    private void line(OutputStream out, String type, ObjectNode object) throws IOException {
        ObjectNode event = Json.object().put("type", type);
        event.set("object", type.equals("ERROR") ? object : Reads.served(resource, object));
        byte[] bytes = Json.MAPPER.writeValueAsBytes(event);
        out.write(bytes);
        out.write('\n');
        out.flush();
    }
}
