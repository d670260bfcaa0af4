package dev.plumbline.gitops;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** One entry of {@code images}: what becomes of the images of a name. Empty means "as it was". */
record ImageChange(Pattern wanted, String newName, String newTag, String digest) {
    private static final Pattern PARTS =
            Pattern.compile("(?<name>(?:[^/]*/)?[^:@]*)(?::(?<tag>[^@]*))?(?:@(?<digest>.*))?");

    static ImageChange read(Settings image) throws KustomizeException {
        String name = image.needed("name");
        try {
            return new ImageChange(
                    Pattern.compile(name + "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?"),
                    image.text("newName").orElse(""),
                    image.text("newTag").orElse(""),
                    image.text("digest").orElse(""));
        } catch (PatternSyntaxException e) {
            throw image.error("name", "\"" + name + "\" is no image name: " + e.getDescription());
        }
    }

    /** Changes every container's image, wherever in the object the containers are. */
    void apply(@Nullable Object node) {
        if (node instanceof List<?> list) {
            list.forEach(this::apply);
        } else if (node instanceof Map<?, ?>) {
            Map<String, Object> map = Fields.asMap(node);
            for (String containers : List.of("containers", "initContainers")) {
                for (Object each : Fields.asList(map.get(containers))) {
                    Map<String, Object> container = Fields.asMap(each);
                    Fields.text(container, "image").ifPresent(it -> container.put("image", changed(it)));
                }
            }
            map.values().forEach(this::apply);
        }
    }

    String changed(String image) {
        Matcher parts = PARTS.matcher(image);
        if (!wanted.matcher(image).matches() || !parts.matches()) {
            return image;
        }
        boolean same = newTag.isEmpty() && digest.isEmpty();
        return (newName.isEmpty() ? parts.group("name") : newName)
                + part(":", same ? parts.group("tag") : newTag)
                + part("@", same ? parts.group("digest") : digest);
    }

    private static String part(String separator, @Nullable String text) {
        return text == null || text.isEmpty() ? "" : separator + text;
    }
}
