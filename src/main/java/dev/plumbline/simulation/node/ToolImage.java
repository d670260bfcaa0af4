package dev.plumbline.simulation.node;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.shell.ScriptProgram;
import dev.plumbline.simulation.shell.Shell;
import io.fabric8.kubernetes.api.model.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** busybox, alpine and curl: whatever their shell can do. */
final class ToolImage implements ImageModel {

    private static final Set<String> SHELLS = Set.of("busybox", "alpine", "bash", "debian", "ubuntu");
    private static final Set<String> CURL = Set.of("curlimages/curl", "alpine/curl");

    @Override
    public boolean runs(String image) {
        String repository = GenericImages.repository(image);
        return SHELLS.contains(repository) || CURL.contains(repository);
    }

    @Override
    public Program start(Start start) {
        Container container = start.container();
        List<String> words = new ArrayList<>(container.getCommand());
        if (words.isEmpty() && CURL.contains(GenericImages.repository(container.getImage()))) {
            words.add("curl");
        }
        words.addAll(container.getArgs());
        Map<String, String> env = start.env();
        List<String> expanded =
                words.stream().map(word -> Environment.expanded(word, env)).toList();
        // A shell without a terminal finds its input at its end and is done.
        String script = expanded.isEmpty() ? "true" : CommandLine.asScript(expanded);
        return new ScriptProgram(Shell.of(start), failingFast(expanded) ? "set -e\n" + script : script);
    }

    private static boolean failingFast(List<String> words) {
        return words.size() >= 3 && words.get(1).matches("-[a-z]*e[a-z]*c|-[a-z]*ce");
    }
}
