package dev.plumbline.simulation.system.velero;

import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.Program.Request;
import dev.plumbline.simulation.World;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bucket, asked over the cluster's network as the plugin for S3 does.
 *
 * @param prefix empty, or a path that ends with a slash
 */
record ObjectStore(World world, String namespace, URI endpoint, String bucket, String prefix, String accessKey) {

    private static final Pattern KEY = Pattern.compile("<Contents><Key>(.*?)</Key>");
    private static final Pattern NEXT = Pattern.compile("<NextContinuationToken>(.*?)</NextContinuationToken>");
    private static final Pattern ERROR = Pattern.compile("<Code>(.*?)</Code><Message>(.*?)</Message>");

    void put(String key, byte[] content) throws StoreFailure {
        expect(send("PUT", path(key), content), "PutObject", 200);
    }

    Optional<byte[]> get(String key) throws StoreFailure {
        Reply reply = send("GET", path(key), new byte[0]);
        if (reply.status() == 404 && text(reply).contains("NoSuchKey")) {
            return Optional.empty();
        }
        return Optional.of(expect(reply, "GetObject", 200).body());
    }

    void delete(String key) throws StoreFailure {
        expect(send("DELETE", path(key), new byte[0]), "DeleteObject", 204);
    }

    /** The keys below a path, without the store's own prefix. */
    List<String> list(String below) throws StoreFailure {
        List<String> keys = new ArrayList<>();
        String token = "";
        while (true) {
            String query = "?list-type=2&prefix=" + encode(prefix + below)
                    + (token.isEmpty() ? "" : "&continuation-token=" + encode(token));
            String answer = text(expect(send("GET", "/" + bucket + query, new byte[0]), "ListObjectsV2", 200));
            Matcher key = KEY.matcher(answer);
            while (key.find()) {
                keys.add(unescape(key.group(1)).substring(prefix.length()));
            }
            Matcher next = NEXT.matcher(answer);
            if (!next.find()) {
                return keys;
            }
            token = unescape(next.group(1));
        }
    }

    private String path(String key) {
        return "/" + bucket + "/" + encode(prefix + key).replace("%2F", "/");
    }

    private Reply send(String method, String path, byte[] body) throws StoreFailure {
        int port = endpoint.getPort() > 0
                ? endpoint.getPort()
                : endpoint.getScheme().equals("https") ? 443 : 80;
        String credential = "AWS4-HMAC-SHA256 Credential=" + accessKey + "/20260101/minio/s3/aws4_request,"
                + "SignedHeaders=host;x-amz-date,Signature=not-simulated";
        Map<String, String> headers = Map.of("authorization", credential, "host", endpoint.getAuthority());
        try {
            return world.send(namespace, endpoint.getHost(), port, new Request(method, path, headers, body));
        } catch (World.Refused e) {
            throw new StoreFailure(
                    "rpc error: code = Unknown desc = operation error S3: exceeded maximum number of attempts, 3, "
                            + "request send failed, " + method + " \"" + endpoint + "\": " + e.getMessage());
        }
    }

    private static Reply expect(Reply reply, String operation, int status) throws StoreFailure {
        if (reply.status() != status) {
            Matcher error = ERROR.matcher(text(reply));
            String what = error.find() ? "api error " + error.group(1) + ": " + error.group(2) : "";
            throw new StoreFailure("rpc error: code = Unknown desc = operation error S3: " + operation
                    + ", https response error StatusCode: " + reply.status() + ", " + what);
        }
        return reply;
    }

    private static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
