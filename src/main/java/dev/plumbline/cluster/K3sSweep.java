package dev.plumbline.cluster;

import com.github.dockerjava.api.model.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Removes the throwaways of processes that are gone, killed before they could clean up. */
public final class K3sSweep {

    private K3sSweep() {}

    /** Returns what was removed, one line each. Where no Docker answers there is nothing to remove. */
    public static List<String> sweep() {
        List<String> removed = new ArrayList<>();
        try (Docker docker = Docker.connect()) {
            for (Container container : docker.labelled(RunOwner.RUN)) {
                Map<String, String> labels = container.getLabels();
                Optional<RunOwner> owner = labels == null ? Optional.empty() : RunOwner.of(labels);
                if (owner.isPresent()
                        && owner.get().isOfThisMachine()
                        && !owner.get().isAlive()) {
                    docker.remove(container.getId());
                    removed.add("container " + container.getId().substring(0, 12) + " of run "
                            + owner.get().runId() + ", whose process "
                            + owner.get().pid() + " is gone");
                }
            }
            return removed;
        } catch (Docker.NoDocker e) {
            return removed;
        }
    }
}
