package dev.plumbline.cluster;

import com.github.dockerjava.api.model.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Removes the throwaways of processes that are gone, killed before they could clean up. */
public final class K3sSweep {

    private K3sSweep() {}

    /** One line for each container removed, and for each of ours left alone with the reason; none where there is no Docker. */
    public static List<String> sweep() {
        List<String> lines = new ArrayList<>();
        try (Docker docker = Docker.connect()) {
            for (Container container : docker.labelled(K3sOwner.RUN)) {
                Map<String, String> labels = container.getLabels();
                Optional<K3sOwner> owner = labels == null ? Optional.empty() : K3sOwner.of(labels);
                if (owner.isPresent()) {
                    lines.add(sweep(docker, container.getId(), owner.get()));
                }
            }
        } catch (Docker.NoDocker e) {
            lines.add("containers not looked for: Docker does not answer (" + e.getMessage() + ")");
        }
        return lines;
    }

    private static String sweep(Docker docker, String id, K3sOwner owner) throws Docker.NoDocker {
        String what = "container " + id.substring(0, 12) + " of run " + owner.runId();
        if (!owner.isOfThisMachine()) {
            return "left " + what + ": another machine started it";
        }
        if (owner.isAlive()) {
            return "left " + what + ": its process " + owner.pid() + " is running";
        }
        docker.remove(id);
        return "removed " + what + ": its process " + owner.pid() + " is gone";
    }
}
