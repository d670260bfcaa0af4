package dev.plumbline.simulation.system.velero;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.system.EndedProgram;
import java.nio.charset.StandardCharsets;

/** The plugin for S3: an init container that puts itself into the volume which the server reads its plugins from. */
final class PluginImage implements ImageModel {

    static final String FILE = "velero-plugin-for-aws";

    @Override
    public boolean runs(String image) {
        return image.matches("(?:[^\\s/]+/)*velero/velero-plugin-for-aws(?:[:@].*)?");
    }

    @Override
    public Program start(Start start) {
        start.files().write("/target/" + FILE, "velero.io/aws".getBytes(StandardCharsets.UTF_8));
        return new EndedProgram("");
    }
}
