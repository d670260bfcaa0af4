package dev.plumbline.simulation.node;

import java.util.Optional;

/**
 * A volume, or a part of it, at a place in a container.
 *
 * @param path absolute, without a slash at the end
 * @param within the part of the volume, empty for all of it
 */
record Mount(String path, Volume volume, String within, boolean readOnly) {

    /** The path inside the volume of an absolute path, absent when that is not below this mount. */
    Optional<String> relative(String absolute) {
        if (absolute.equals(path)) {
            return Optional.of(within);
        }
        String prefix = path.equals("/") ? "/" : path + "/";
        return absolute.startsWith(prefix)
                ? Optional.of(join(within, absolute.substring(prefix.length())))
                : Optional.empty();
    }

    /** The absolute path of a file of the volume, absent when it lies outside the mounted part. */
    Optional<String> absolute(String relative) {
        if (within.isEmpty()) {
            return Optional.of(path + "/" + relative);
        }
        if (relative.equals(within)) {
            return Optional.of(path);
        }
        return relative.startsWith(within + "/")
                ? Optional.of(path + relative.substring(within.length()))
                : Optional.empty();
    }

    private static String join(String left, String right) {
        return left.isEmpty() ? right : left + "/" + right;
    }
}
