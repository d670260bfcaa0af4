package dev.plumbline.run;

import dev.plumbline.action.Fault;
import dev.plumbline.action.FaultInjection;
import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.criterion.SourceLine;
import dev.plumbline.steps.Interlude;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.NotMet;
import dev.plumbline.verdict.NotTried;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a fault into each scenario after its Givens and takes it back after it, and remembers what that changed. */
final class Injected implements Interlude {

    private final Stage stage;
    private final Fault fault;
    private final FaultInjection injection;
    private final Map<String, Example> examples = new HashMap<>();
    private final Map<Example, String> landed = new HashMap<>();
    private final Map<Example, String> failed = new HashMap<>();
    private final List<String> leftovers = new ArrayList<>();
    private Optional<Example> current = Optional.empty();

    Injected(Stage stage, Fault fault, List<Criterion> criteria) {
        this.stage = stage;
        this.fault = fault;
        this.injection = new FaultInjection(
                stage.target(),
                stage.profile()::filled,
                stage.profile().values().getOrDefault("namespace", "default"));
        criteria.stream()
                .flatMap(criterion -> criterion.examples().stream())
                .forEach(example -> examples.put(key(example.location()), example));
    }

    private static String key(SourceLine where) {
        return Path.of(where.file()).toAbsolutePath().normalize() + ":" + where.line();
    }

    @Override
    public int givens(String file, int line) {
        current = Optional.ofNullable(examples.get(key(new SourceLine(file, line))));
        return current.orElseThrow(() -> new IllegalStateException("no scenario at " + file + ":" + line))
                .givens();
    }

    @Override
    public void begin() throws InterruptedException {
        Example example = current.orElseThrow();
        try {
            landed.put(example, injection.inject(fault, stage.delivered()));
        } catch (Fault.NotLanded | NotMeasured | NotMet | NotTried | KubernetesClientException e) {
            String why = String.valueOf(e.getMessage());
            failed.put(example, why);
            throw new NotMeasured("the fault " + fault.name() + " did not land: " + why, e);
        }
    }

    @Override
    public void end() throws InterruptedException {
        leftovers.addAll(injection.mend());
    }

    /** The diff of what changed for a scenario; empty when it did not land there. */
    String landed(Example example) {
        return landed.getOrDefault(example, "");
    }

    String whyNot(Example example, String ended) {
        return failed.getOrDefault(example, "the scenario ended before it: " + ended);
    }

    /** What could not be taken back. */
    List<String> leftovers() {
        return leftovers;
    }
}
