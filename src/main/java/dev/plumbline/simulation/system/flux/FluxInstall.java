package dev.plumbline.simulation.system.flux;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What installing Flux puts into the simulation, in the order in which it is applied; the same role as Flux's own install file. */
public final class FluxInstall {

    private static final String FILE = "install.yaml";

    private FluxInstall() {}

    /** The namespace flux-system, the custom resource definitions, and the two controllers with what they need. */
    public static List<GenericKubernetesResource> objects() {
        return Arrays.stream(yaml().split("(?m)^---$"))
                .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
                .toList();
    }

    /** The same as one file of several YAML documents. */
    public static String yaml() {
        try (InputStream file = FluxInstall.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing beside " + FluxInstall.class.getName());
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
