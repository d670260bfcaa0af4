package dev.plumbline.simulation.node;

import java.util.Map;
import java.util.Optional;

/** What a container sees below a mount. Paths are relative and have no leading slash. */
interface Volume {

    Map<String, byte[]> files();

    default Optional<byte[]> read(String path) {
        return Optional.ofNullable(files().get(path));
    }

    /** The disk behind it, absent for what is read-only. */
    Optional<Disk> disk();
}
