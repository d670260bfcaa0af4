package dev.plumbline;

import dev.plumbline.cluster.K3sSweep;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Removes what killed runs left behind: throwaway nodes whose process is gone. */
@Command(name = "sweep", description = "Removes what killed runs left behind.", mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<String> removed = K3sSweep.sweep();
        removed.forEach(line -> out.println("removed " + line));
        out.println(removed.isEmpty() ? "nothing was left behind" : removed.size() + " removed");
        out.flush();
        return 0;
    }
}
