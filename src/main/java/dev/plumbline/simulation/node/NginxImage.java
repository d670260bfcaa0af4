package dev.plumbline.simulation.node;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.Program;
import io.fabric8.kubernetes.api.model.Container;
import java.util.Set;

/** nginx with its own command. */
final class NginxImage implements ImageModel {

    private static final Set<String> IMAGES = Set.of("nginx", "nginxinc/nginx-unprivileged");

    @Override
    public boolean runs(String image) {
        return IMAGES.contains(GenericImages.repository(image));
    }

    @Override
    public Program start(Start start) throws StartFailure {
        Container container = start.container();
        String command = String.join(" ", container.getCommand()) + String.join(" ", container.getArgs());
        if (!command.isBlank() && !command.contains("nginx")) {
            throw new NotSimulated("nginx with the command " + command);
        }
        boolean unprivileged = GenericImages.repository(container.getImage()).contains("unprivileged");
        return new NginxProgram(start, unprivileged ? 8080 : 80);
    }
}
