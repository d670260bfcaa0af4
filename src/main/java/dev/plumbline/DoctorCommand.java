package dev.plumbline;

import dev.plumbline.cluster.Doctor;
import dev.plumbline.cluster.Fact;
import dev.plumbline.cluster.K3sImage;
import dev.plumbline.cluster.Kubeconfig;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what this machine can do, and which target auto would take. Changes nothing. */
@Command(
        name = "doctor",
        description = "What is here and what is missing: Docker, images, registry, kubeconfig, rights.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        K3sImage image = new K3sImage(target.k3sImage().orElse(K3sImage.DEFAULT_NAME), target.k3sImages());
        Doctor doctor = new Doctor(image, Kubeconfig.of(target.kubeconfig(), target.context()));
        for (Fact fact : doctor.facts()) {
            out.println((fact.ok() ? "ok       " : "missing  ") + fact.what() + ": " + fact.detail());
            if (!fact.ok() && !fact.advice().isEmpty()) {
                out.println("         " + fact.advice());
            }
            out.flush();
        }
        return 0;
    }
}
