package dev.plumbline.simulation.system.minio;

import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.Program.Request;
import dev.plumbline.timing.Clock;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The S3 API in path style: buckets and whole objects. The access key must be right; the signature is not looked at. */
final class S3 {

    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]+)/");
    private static final int MOST_KEYS = 1000;

    private final Buckets buckets;
    private final String accessKey;
    private final Clock clock;

    S3(Buckets buckets, String accessKey, Clock clock) {
        this.buckets = buckets;
        this.accessKey = accessKey;
        this.clock = clock;
    }

    Reply answer(Request request) {
        Matcher credential = CREDENTIAL.matcher(request.headers().getOrDefault("authorization", ""));
        if (!credential.find()) {
            return error(403, "AccessDenied", "Access Denied.");
        }
        if (!credential.group(1).equals(accessKey)) {
            return error(403, "InvalidAccessKeyId", "The Access Key Id you provided does not exist in our records.");
        }
        String[] parts = request.path().split("\\?", 2);
        String path = decode(parts[0].substring(1));
        Map<String, String> query = query(parts.length > 1 ? parts[1] : "");
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        if (bucket.isEmpty()) {
            return error(501, "NotImplemented", "not simulated: listing buckets");
        }
        return key.isEmpty() ? bucket(request, bucket, query) : object(request, bucket, key);
    }

    private Reply bucket(Request request, String bucket, Map<String, String> query) {
        if (request.method().equals("PUT")) {
            if (buckets.exists(bucket)) {
                return error(
                        409, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded.");
            }
            buckets.make(bucket);
            return empty(200);
        }
        if (!buckets.exists(bucket)) {
            return error(404, "NoSuchBucket", "The specified bucket does not exist");
        }
        return switch (request.method()) {
            case "HEAD" -> empty(200);
            case "GET" ->
                query.containsKey("location")
                        ? xml(
                                200,
                                "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"></LocationConstraint>")
                        : "2".equals(query.get("list-type"))
                                ? list(bucket, query)
                                : error(501, "NotImplemented", "not simulated: GET of a bucket with " + query.keySet());
            default -> error(501, "NotImplemented", "not simulated: " + request.method() + " of a bucket");
        };
    }

    private Reply object(Request request, String bucket, String key) {
        if (!buckets.exists(bucket)) {
            return error(404, "NoSuchBucket", "The specified bucket does not exist");
        }
        return switch (request.method()) {
            case "PUT" -> {
                buckets.write(bucket, key, request.body());
                yield empty(200);
            }
            case "DELETE" -> {
                buckets.delete(bucket, key);
                yield empty(204);
            }
            case "GET" ->
                buckets.read(bucket, key)
                        .map(content -> new Reply(200, "application/octet-stream", content))
                        .orElseGet(() -> error(404, "NoSuchKey", "The specified key does not exist."));
            case "HEAD" -> empty(buckets.read(bucket, key).isPresent() ? 200 : 404);
            default -> error(501, "NotImplemented", "not simulated: " + request.method() + " of an object");
        };
    }

    private Reply list(String bucket, Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String delimiter = query.getOrDefault("delimiter", "");
        String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
        int most = Math.min(MOST_KEYS, Integer.parseInt(query.getOrDefault("max-keys", "" + MOST_KEYS)));
        TreeSet<String> prefixes = new TreeSet<>();
        List<String> keys = buckets.keys(bucket, prefix).stream()
                .filter(key -> key.compareTo(after) > 0)
                .filter(key -> !isBelow(key, prefix, delimiter, prefixes))
                .toList();
        boolean truncated = keys.size() > most;
        List<String> page = truncated ? keys.subList(0, most) : keys;
        StringBuilder xml = new StringBuilder(
                        "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>")
                .append(bucket)
                .append("</Name><Prefix>")
                .append(escape(prefix))
                .append("</Prefix><KeyCount>")
                .append(page.size() + prefixes.size())
                .append("</KeyCount><MaxKeys>")
                .append(most)
                .append("</MaxKeys><IsTruncated>")
                .append(truncated)
                .append("</IsTruncated>");
        if (truncated) {
            xml.append("<NextContinuationToken>")
                    .append(escape(page.get(most - 1)))
                    .append("</NextContinuationToken>");
        }
        String modified = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
        for (String key : page) {
            long size = buckets.read(bucket, key)
                    .map(content -> (long) content.length)
                    .orElse(0L);
            xml.append("<Contents><Key>")
                    .append(escape(key))
                    .append("</Key><LastModified>")
                    .append(modified)
                    .append("</LastModified><Size>")
                    .append(size)
                    .append("</Size></Contents>");
        }
        prefixes.forEach(
                it -> xml.append("<CommonPrefixes><Prefix>").append(escape(it)).append("</Prefix></CommonPrefixes>"));
        return xml(200, xml.append("</ListBucketResult>").toString());
    }

    private static boolean isBelow(String key, String prefix, String delimiter, TreeSet<String> prefixes) {
        int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        if (at >= 0) {
            prefixes.add(key.substring(0, at + delimiter.length()));
        }
        return at >= 0;
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String part : text.split("&")) {
            int equals = part.indexOf('=');
            if (!part.isEmpty()) {
                query.put(
                        decode(equals < 0 ? part : part.substring(0, equals)),
                        equals < 0 ? "" : decode(part.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static Reply error(int status, String code, String message) {
        return xml(status, "<Error><Code>" + code + "</Code><Message>" + escape(message) + "</Message></Error>");
    }

    private static Reply xml(int status, String body) {
        return new Reply(
                status,
                "application/xml",
                ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body).getBytes(StandardCharsets.UTF_8));
    }

    private static Reply empty(int status) {
        return new Reply(status, "application/xml", new byte[0]);
    }
}
