package dev.plumbline.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A kubeconfig and the context of it that is meant. Messages never hold its content: that is credentials.
 *
 * @param file where it is
 * @param context absent: its current context
 */
public record Kubeconfig(Path file, Optional<String> context) {

    /** From the options or, where they say nothing, from KUBECONFIG and then ~/.kube/config, as kubectl does it. */
    public static Kubeconfig of(Optional<Path> file, Optional<String> context) {
        return new Kubeconfig(file.orElseGet(Kubeconfig::usual), context);
    }

    private static Path usual() {
        String variable = System.getenv("KUBECONFIG");
        List<Path> places = variable == null || variable.isBlank()
                ? List.of(Path.of(System.getProperty("user.home"), ".kube", "config"))
                : Arrays.stream(variable.split(File.pathSeparator))
                        .filter(place -> !place.isBlank())
                        .map(Path::of)
                        .toList();
        return places.stream().filter(Files::exists).findFirst().orElse(places.get(0));
    }

    /** @throws TargetUnavailable naming the file and what in it is not as expected */
    Config read() {
        String contextName = check(tree());
        try {
            Config config = Config.fromKubeconfig(contextName, file.toFile());
            config.setConnectionTimeout(4_000);
            config.setRequestRetryBackoffLimit(1);
            return config;
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw bad("the credentials of context \"" + contextName + "\" cannot be used");
        }
    }

    private JsonNode tree() {
        try {
            return new YAMLMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw new TargetUnavailable(file + line + ": not YAML; expected a kubeconfig");
        } catch (IOException e) {
            throw bad("this kubeconfig cannot be read; name one that is there with --kubeconfig");
        }
    }

    /** Returns the name of the context that is meant. */
    private String check(JsonNode tree) {
        if (!tree.path("clusters").isArray() || !tree.path("contexts").isArray()) {
            throw bad("not a kubeconfig; expected the lists clusters, contexts and users");
        }
        String name = context.orElse(tree.path("current-context").asText());
        if (name.isEmpty()) {
            throw bad("it has no current-context; name one of " + names(tree, "contexts") + " with --context");
        }
        JsonNode chosen = named(tree, "contexts", name)
                .orElseThrow(() -> bad("no context \"" + name + "\"; expected one of " + names(tree, "contexts")))
                .path("context");
        String cluster = chosen.path("cluster").asText();
        String user = chosen.path("user").asText();
        String server = named(tree, "clusters", cluster)
                .orElseThrow(
                        () -> bad("context \"" + name + "\" names cluster \"" + cluster + "\", which is not there"))
                .path("cluster")
                .path("server")
                .asText();
        if (!isAddress(server)) {
            throw bad("cluster \"" + cluster + "\" has no server address such as https://192.0.2.1:6443");
        }
        if (named(tree, "users", user).isEmpty()) {
            throw bad("context \"" + name + "\" names user \"" + user + "\", which is not there");
        }
        return name;
    }

    private static boolean isAddress(String server) {
        try {
            URI uri = URI.create(server);
            return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<JsonNode> named(JsonNode tree, String list, String name) {
        for (JsonNode one : tree.path(list)) {
            if (one.path("name").asText().equals(name)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static String names(JsonNode tree, String list) {
        List<String> names = new ArrayList<>();
        tree.path(list).forEach(one -> names.add(one.path("name").asText()));
        return String.join(", ", names);
    }

    private TargetUnavailable bad(String what) {
        return new TargetUnavailable(file + ": " + what);
    }
}
