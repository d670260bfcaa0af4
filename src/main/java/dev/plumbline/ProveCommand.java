package dev.plumbline;

import dev.plumbline.action.FluxInstall;
import dev.plumbline.cluster.Target;
import dev.plumbline.criterion.Criterion;
import dev.plumbline.report.Proof;
import dev.plumbline.report.ProofSummary;
import dev.plumbline.run.BadInput;
import dev.plumbline.run.Bed;
import dev.plumbline.run.FaultMatrix;
import dev.plumbline.run.Gate;
import dev.plumbline.run.Opened;
import dev.plumbline.run.Prepared;
import dev.plumbline.run.RunOptions;
import dev.plumbline.run.Selection;
import dev.plumbline.timing.WallClock;
import dev.plumbline.verdict.Mask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves that each criterion can turn red. */
@Command(
        name = "prove",
        description = "Injects each criterion's faults and demands that it turns red, and nothing undeclared with it.",
        mixinStandardHelpOptions = true)
final class ProveCommand implements Callable<Integer>, Masking {

    @Mixin
    private CriteriaOptions criteria = new CriteriaOptions();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(names = "--criterion", paramLabel = "ID", split = ",", description = "Only these criteria.")
    private List<String> ids = List.of();

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            description = "Where proof.json is written. Default: reports/<target>")
    private @Nullable Path reports;

    private final Mask mask = new Mask();

    @Override
    public Mask mask() {
        return mask;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (target.target() == TargetOptions.Choice.KUBECONFIG) {
            throw new BadInput("--target kubeconfig: faults are put only into clusters that are thrown away;"
                    + " take simulated or k3s");
        }
        WallClock wall = new WallClock();
        Prepared all = Prepared.of(options(Selection.ALL));
        Set<String> selected = selected(all);
        mask.directory(Path.of("").toAbsolutePath());
        Gate gate = new Gate(wall, Optional.empty(), false);
        Targets targets = new Targets(target, all);
        try (Interrupts interrupts = new Interrupts(gate);
                Opened first = targets.open()) {
            Target cluster = first.target();
            Bed.Source beds = cluster.simulated() ? targets::open : () -> new Shared(first);
            int parallel = cluster.simulated() ? Runtime.getRuntime().availableProcessors() : 1;
            FaultMatrix matrix = new FaultMatrix(all, selected, beds, parallel, mask, wall, gate);
            Proof proof = matrix.run(cluster.name(), cluster.simulated());
            Path folder = reports == null ? Path.of("reports", cluster.name()) : reports;
            if (gate.exitCode().isEmpty()) {
                proof.write(folder);
            }
            new ProofSummary(proof).lines().forEach(System.out::println);
            return gate.exitCode().orElse(proof.exitCode());
        }
    }

    /** The one cluster, which stays until the end. */
    private record Shared(Opened opened) implements Bed {

        @Override
        public Target target() {
            return opened.target();
        }

        @Override
        public String runId() {
            return opened.runId();
        }

        @Override
        public FluxInstall flux() {
            return opened.flux();
        }

        @Override
        public boolean shared() {
            return true;
        }

        @Override
        public void close() {
            // the next trial needs it
        }
    }

    private Set<String> selected(Prepared all) {
        Set<String> known = all.criteria().stream().map(Criterion::id).collect(Collectors.toSet());
        List<String> unknown = ids.stream().filter(id -> !known.contains(id)).toList();
        if (!unknown.isEmpty()) {
            throw new BadInput("--criterion " + String.join(",", unknown) + ": no such criterion in the features");
        }
        Selection some = new Selection(
                criteria.selection().tags(), ids.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(ids)));
        return some.from(all.criteria()).stream().map(Criterion::id).collect(Collectors.toSet());
    }

    private RunOptions options(Selection selection) {
        return new RunOptions(
                criteria.features(),
                criteria.manifests(),
                criteria.profile(),
                selection,
                1,
                RunOptions.Keep.NEVER,
                1,
                false,
                Optional.empty(),
                Optional.empty());
    }
}
