package dev.plumbline;

import dev.plumbline.action.FluxInstall;
import dev.plumbline.run.BadInput;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Where the manifest that installs Flux in a real cluster comes from: a file, or an address with the digest it must have. */
final class FluxManifest {

    private static final String DIGEST = "#sha256=";
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private FluxManifest() {}

    /**
     * Reads it; what cannot be had now is said in the result and blocks what needs Flux.
     *
     * @throws BadInput for a file that is missing or no list of manifests, or an address without a digest
     */
    static FluxInstall read(Optional<String> given) throws InterruptedException {
        if (given.isEmpty()) {
            return FluxInstall.missing("Flux cannot be had: give the manifest of a release with --flux-install FILE or"
                    + " --flux-install URL#sha256=DIGEST");
        }
        String where = given.get();
        if (!where.startsWith("https://") && !where.startsWith("http://")) {
            return fromFile(Path.of(where));
        }
        int mark = where.indexOf(DIGEST);
        if (mark < 0) {
            throw new BadInput("--flux-install " + where + ": an address needs the digest of what it serves, write "
                    + where + DIGEST + "...");
        }
        return download(URI.create(where.substring(0, mark)), where.substring(mark + DIGEST.length()));
    }

    private static FluxInstall fromFile(Path file) {
        try {
            return FluxInstall.of(
                    parse(file.toString(), Files.readAllBytes(file)),
                    file.getFileName().toString());
        } catch (IOException e) {
            throw new BadInput("--flux-install " + file + ": the file cannot be read; name one that exists");
        }
    }

    private static FluxInstall download(URI address, String digest) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(LONGEST)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(address).timeout(LONGEST).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                return FluxInstall.missing("Flux cannot be had: its manifest's address answers " + answer.statusCode());
            }
            String seen = sha256(answer.body());
            if (!seen.equalsIgnoreCase(digest)) {
                return FluxInstall.missing(
                        "Flux cannot be had: its manifest has the digest " + seen + ", not " + digest);
            }
            return FluxInstall.of(parse(address.getPath(), answer.body()), address.getPath());
        } catch (IOException e) {
            return FluxInstall.missing("Flux cannot be had: its manifest's address cannot be reached");
        }
    }

    private static List<GenericKubernetesResource> parse(String name, byte[] yaml) {
        Object parsed = Serialization.unmarshal(new ByteArrayInputStream(yaml));
        List<GenericKubernetesResource> objects = new ArrayList<>();
        for (Object object : parsed instanceof List<?> list ? list : List.of(parsed)) {
            objects.add(Serialization.unmarshal(Serialization.asYaml(object), GenericKubernetesResource.class));
        }
        if (objects.stream().noneMatch(object -> "Deployment".equals(object.getKind()))) {
            throw new BadInput("--flux-install " + name + ": holds no Deployment, expected what `flux install --export`"
                    + " prints");
        }
        return objects;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
