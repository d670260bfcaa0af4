package dev.plumbline.simulation.node;

import dev.plumbline.simulation.ImageModel;
import java.util.List;

/** The images that are no system's own. */
public final class GenericImages {

    private GenericImages() {}

    public static List<ImageModel> all() {
        return List.of(new ToolImage(), new NginxImage());
    }

    /** The repository of an image without registry, {@code library/}, tag and digest. */
    static String repository(String image) {
        String name = image.replaceFirst("@.*$", "");
        int slash = name.lastIndexOf('/');
        int colon = name.indexOf(':', slash + 1);
        name = colon < 0 ? name : name.substring(0, colon);
        int first = name.indexOf('/');
        String host = first < 0 ? "" : name.substring(0, first);
        boolean registry = host.contains(".") || host.contains(":") || host.equals("localhost");
        return (registry ? name.substring(first + 1) : name).replaceFirst("^library/", "");
    }
}
