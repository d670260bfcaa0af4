package dev.plumbline;

import dev.plumbline.action.Sweep;
import dev.plumbline.cluster.K3sSweep;
import dev.plumbline.cluster.Kubeconfig;
import dev.plumbline.cluster.KubeconfigTarget;
import dev.plumbline.cluster.TargetUnavailable;
import dev.plumbline.profile.Profile;
import dev.plumbline.run.BadInput;
import dev.plumbline.run.Profiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes what killed runs left behind: throwaway nodes, and on a cluster that is named what they wrote there. */
@Command(
        name = "sweep",
        description = "Removes what killed runs left behind: throwaway nodes and, with --target kubeconfig and"
                + " --allow-writes, what they wrote to that cluster. Ends with 5 when something is left.",
        mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {

    private static final int LEFTOVERS = 5;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Pins the cluster. Default: all in ci/profiles that pin one")
    private @Nullable Path profile;

    @Override
    public Integer call() throws InterruptedException {
        List<String> done = new ArrayList<>(K3sSweep.sweep());
        List<String> left = new ArrayList<>();
        if (target.target() == TargetOptions.Choice.KUBECONFIG
                || target.kubeconfig().isPresent()) {
            Sweep.Swept swept = cluster();
            done.addAll(swept.done());
            left.addAll(swept.left());
            left.addAll(swept.unseen());
        } else {
            left.addAll(Sweep.waiting(target.ledger()));
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        done.forEach(line -> out.println("removed " + line));
        left.forEach(line -> out.println("REMAINS " + line));
        out.println(done.isEmpty() && left.isEmpty() ? "nothing was left behind" : done.size() + " removed");
        out.flush();
        return left.isEmpty() ? 0 : LEFTOVERS;
    }

    private Sweep.Swept cluster() throws InterruptedException {
        if (!target.allowWrites()) {
            throw new BadInput("sweep removes objects from the cluster of the kubeconfig: give --allow-writes, too");
        }
        Collection<Profile> profiles = Profiles.pinning(Optional.ofNullable(profile));
        Kubeconfig kubeconfig = Kubeconfig.of(target.kubeconfig(), target.context());
        try (KubeconfigTarget cluster = KubeconfigTarget.open(kubeconfig, profiles, true, "sweep")) {
            return new Sweep(cluster, target.ledger()).sweep("sweep", true);
        } catch (TargetUnavailable e) {
            throw new BadInput(e.getMessage());
        }
    }
}
