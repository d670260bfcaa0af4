package dev.plumbline.simulation.system;

/** Names of images, whatever registry, tag or digest they carry. */
public final class Images {

    private Images() {}

    /** Whether an image is this repository; {@code docker.io/prom/prometheus:v2} is {@code prom/prometheus}. */
    public static boolean is(String image, String repository) {
        String name = image.replaceFirst("@.*$", "");
        int colon = name.lastIndexOf(':');
        name = colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
        return name.equals(repository) || name.endsWith("/" + repository);
    }

    /** The tag without a leading {@code v}, or the other text where there is none or it is a word. */
    public static String version(String image, String otherwise) {
        String name = image.replaceFirst("@.*$", "");
        String tag = name.substring(Math.max(name.lastIndexOf(':'), name.lastIndexOf('/')) + 1);
        return name.lastIndexOf(':') > name.lastIndexOf('/') && tag.matches("v?[0-9].*")
                ? tag.replaceFirst("^v", "")
                : otherwise;
    }
}
