package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.system.GoDuration;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The BackupStorageLocations: how each is reached, and whether it can be. */
final class Locations {

    private static final Pattern ACCESS_KEY = Pattern.compile("(?m)^\\s*aws_access_key_id\\s*=\\s*(\\S+)\\s*$");
    private static final Duration FREQUENCY = Duration.ofMinutes(1);

    private final ImageModel.Start server;
    private final World world;
    private final String namespace;

    Locations(ImageModel.Start server) {
        this.server = server;
        this.world = server.world();
        this.namespace = server.pod().getMetadata().getNamespace();
    }

    /** Checks the locations whose time has come. */
    void validate(boolean all) {
        for (GenericKubernetesResource location : world.state().list(Velero.LOCATION, namespace)) {
            if (all || isDue(location)) {
                validate(location);
            }
        }
    }

    private boolean isDue(GenericKubernetesResource location) {
        String last = location.get("status", "lastValidationTime");
        String asked = location.get("spec", "validationFrequency");
        Duration frequency = asked == null ? FREQUENCY : GoDuration.parse(asked);
        if (last == null) {
            return true;
        }
        return !frequency.isZero()
                && !Instant.parse(last).plus(frequency).isAfter(world.clock().instant());
    }

    void validate(GenericKubernetesResource location) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("lastValidationTime", Velero.now(world).toString());
        try {
            store(location).list("");
            status.put("phase", "Available");
            status.put("message", null);
        } catch (StoreFailure e) {
            status.put("phase", "Unavailable");
            status.put(
                    "message",
                    "BackupStorageLocation \"" + location.getMetadata().getName() + "\" is unavailable: "
                            + e.getMessage());
        }
        Velero.status(world, Velero.ref(Velero.LOCATION, location), status);
    }

    void synced(String name) {
        Velero.status(
                world,
                new ObjectRef(Velero.LOCATION, namespace, name),
                Map.of("lastSyncedTime", Velero.now(world).toString()));
    }

    Optional<GenericKubernetesResource> find(String name) {
        return world.state().get(new ObjectRef(Velero.LOCATION, namespace, name));
    }

    ObjectStore store(String name) throws StoreFailure {
        return store(find(name)
                .orElseThrow(() -> new StoreFailure("backupstoragelocations.velero.io \"" + name + "\" not found")));
    }

    private ObjectStore store(GenericKubernetesResource location) throws StoreFailure {
        String provider = String.valueOf(location.<Object>get("spec", "provider"));
        if (!provider.matches("(?:velero\\.io/)?aws")
                || server.files().read("/plugins/" + PluginImage.FILE).isEmpty()) {
            String plugin = provider.contains("/") ? provider : "velero.io/" + provider;
            throw new StoreFailure("unable to locate ObjectStore plugin named " + plugin);
        }
        String url = location.get("spec", "config", "s3Url");
        if (url == null) {
            throw new StoreFailure("not simulated: an object store outside the cluster (spec.config.s3Url is not set)");
        }
        String prefix = Optional.ofNullable(location.<String>get("spec", "objectStorage", "prefix"))
                .orElse("");
        prefix = prefix.replaceAll("^/+|/+$", "");
        return new ObjectStore(
                world,
                namespace,
                URI.create(url),
                String.valueOf(location.<Object>get("spec", "objectStorage", "bucket")),
                prefix.isEmpty() ? "" : prefix + "/",
                accessKey(location));
    }

    private String accessKey(GenericKubernetesResource location) throws StoreFailure {
        String secret = location.get("spec", "credential", "name");
        if (secret != null) {
            String key = String.valueOf(location.<Object>get("spec", "credential", "key"));
            return fromFile(world.state()
                    .get(Secret.class, namespace, secret)
                    .map(Secret::getData)
                    .filter(data -> data.containsKey(key))
                    .map(data -> Base64.getDecoder().decode(data.get(key)))
                    .orElseThrow(() -> new StoreFailure("unable to get credentials: secret " + namespace + "/" + secret
                            + " with key " + key + " not found")));
        }
        String fromEnvironment = server.env().get("AWS_ACCESS_KEY_ID");
        if (fromEnvironment != null) {
            return fromEnvironment;
        }
        String file = server.env().getOrDefault("AWS_SHARED_CREDENTIALS_FILE", "/root/.aws/credentials");
        return fromFile(server.files()
                .read(file)
                .orElseThrow(() -> new StoreFailure(
                        "rpc error: code = Unknown desc = no credentials: " + file + " does not exist")));
    }

    private static String fromFile(byte[] content) throws StoreFailure {
        Matcher key = ACCESS_KEY.matcher(new String(content, StandardCharsets.UTF_8));
        if (!key.find()) {
            throw new StoreFailure("rpc error: code = Unknown desc = credentials file without aws_access_key_id");
        }
        return key.group(1);
    }
}
