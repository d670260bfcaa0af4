package dev.plumbline.simulation.node;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Read-only files that come from objects. What was seen last stays when the objects go. */
final class Projection implements Volume {

    private final Supplier<Optional<Map<String, byte[]>>> source;
    private Map<String, byte[]> last = Map.of();

    Projection(Supplier<Optional<Map<String, byte[]>>> source) {
        this.source = source;
    }

    @Override
    public synchronized Map<String, byte[]> files() {
        source.get().ifPresent(files -> last = new TreeMap<>(files));
        return last;
    }

    @Override
    public Optional<Disk> disk() {
        return Optional.empty();
    }
}
