package dev.plumbline.simulation.system.velero;

import java.util.ArrayList;
import java.util.List;

/** The node-agents that run, by Velero's namespace and node. */
final class NodeAgents {

    private final List<String> running = new ArrayList<>();

    synchronized void begin(String namespace, String node) {
        running.add(namespace + "/" + node);
    }

    synchronized void end(String namespace, String node) {
        running.remove(namespace + "/" + node);
    }

    synchronized boolean runsOn(String namespace, String node) {
        return running.contains(namespace + "/" + node);
    }
}
