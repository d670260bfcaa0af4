package dev.plumbline.simulation.system.velero;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.system.EndedProgram;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The image of server, node-agent and command line: its arguments say which of them a container is. */
final class VeleroImage implements ImageModel {

    private static final String REPOSITORY = "(?:[^\\s/]+/)*velero/velero";

    private final NodeAgents agents;

    VeleroImage(NodeAgents agents) {
        this.agents = agents;
    }

    @Override
    public boolean runs(String image) {
        return image.matches(REPOSITORY + "(?:[:@].*)?");
    }

    @Override
    public Program start(Start start) throws StartFailure {
        List<String> words = words(start.container());
        String namespace = start.pod().getMetadata().getNamespace();
        if (words.contains("server")
                && start.world().state().kind("velero.io/v1", "Backup").isEmpty()) {
            throw new StartFailure(
                    1,
                    "An error occurred: Velero custom resources not found - apply config/crd/v1/bases/*.yaml,"
                            + "config/crd/v2alpha1*.yaml, to update the custom resource definitions\n");
        }
        if (!words.isEmpty() && words.get(0).equals("server")) {
            VeleroServer server =
                    new VeleroServer(start, words.subList(1, words.size()), version(start.container()), agents);
            server.start();
            return new VeleroProgram("server", server::stop);
        }
        if (words.size() > 1
                && words.get(0).matches("node-agent|restic")
                && words.get(1).equals("server")) {
            String node = Objects.requireNonNullElse(start.pod().getSpec().getNodeName(), "");
            agents.begin(namespace, node);
            return new VeleroProgram("node-agent", () -> agents.end(namespace, node));
        }
        if (words.size() > 1 && words.get(0).equals("install") && words.contains("--crds-only")) {
            return install(start, words.contains("--dry-run"));
        }
        throw new NotSimulated("velero " + String.join(" ", words));
    }

    private static Program install(Start start, boolean dryRun) throws StartFailure {
        StringBuilder log = new StringBuilder();
        try {
            for (var definition : VeleroCrds.objects()) {
                if (!dryRun) {
                    start.world().state().apply(definition, "velero-cli", true);
                }
                log.append("CustomResourceDefinition/")
                        .append(definition.getMetadata().getName())
                        .append(": created\n");
            }
        } catch (KubernetesClientException e) {
            throw new StartFailure(1, "An error occurred: " + e.getMessage() + "\n");
        }
        return new EndedProgram(log.toString());
    }

    private static List<String> words(Container container) {
        List<String> words = new ArrayList<>(container.getCommand());
        words.addAll(container.getArgs());
        if (words.size() == 3
                && words.get(0).matches("(?:/bin/)?(?:sh|bash)")
                && words.get(1).equals("-c")) {
            words = new ArrayList<>(
                    List.of(words.get(2).strip().replaceFirst("^exec\\s+", "").split("\\s+")));
        }
        if (!words.isEmpty() && words.get(0).matches("(?:.*/)?velero")) {
            words.remove(0);
        }
        return words;
    }

    static String version(Container container) {
        String tag = container.getImage().replaceFirst("@.*", "").replaceFirst("^.*:", "");
        return tag.contains("/") ? "latest" : tag;
    }
}
