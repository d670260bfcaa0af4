package dev.plumbline;

import dev.plumbline.run.BadInput;
import dev.plumbline.run.NothingSelected;
import dev.plumbline.verdict.Mask;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The command line. Exit codes: 0 conformant or partial, 1 not conformant, 2 bad usage or input, 3 inconclusive, 4 nothing ran, 5 leftovers, 130 and 143 interrupted. */
@Command(
        name = "plumbline",
        description = "Holds a Kubernetes cluster against the documents that describe it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            VerifyCommand.class,
            ProveCommand.class,
            PlanCommand.class,
            StepsCommand.class,
            DoctorCommand.class,
            SweepCommand.class,
            PolicyCommand.class,
            ReportCommand.class
        })
public final class Plumbline implements Runnable {

    static final int NOTHING_RAN = 4;
    private static final int INCONCLUSIVE = 3;

    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    public static void main(String[] arguments) {
        // Else picocli asks whether Groovy, which REST Assured brings, is there, and starts it.
        System.setProperty("picocli.disable.closures", "true");
        if (QuickCompiler.needed()) {
            QuickCompiler.start();
        }
        System.exit(execute(arguments));
    }

    /** Runs a command and returns its exit code. */
    static int execute(String... arguments) {
        return execute(CommandLine.defaultFactory(), arguments);
    }

    /** @param commands makes the commands */
    static int execute(CommandLine.IFactory commands, String... arguments) {
        CommandLine line = new CommandLine(new Plumbline(), commands)
                .setDefaultValueProvider(new Settings(System.getenv(), System.getProperties()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((exception, given) -> refuse(exception))
                .setExecutionExceptionHandler((exception, command, parsed) -> explain(exception, command));
        return line.execute(arguments);
    }

    /** One line instead of the whole usage, which hides it. */
    private static int refuse(CommandLine.ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("plumbline: " + exception.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("plumbline: see " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE;
    }

    /** Bad input ends with its lines; what is left is a bug of ours, and says so. */
    private static int explain(Exception exception, CommandLine command) {
        PrintWriter err = command.getErr();
        Mask mask = command.getCommand() instanceof Masking masking ? masking.mask() : new Mask();
        if (exception instanceof BadInput bad) {
            bad.problems().forEach(problem -> err.println("plumbline: " + mask.apply(problem)));
            err.flush();
            return ExitCode.USAGE;
        }
        if (exception instanceof NothingSelected nothing) {
            err.println("plumbline: " + nothing.getMessage());
            err.flush();
            return NOTHING_RAN;
        }
        return bug(exception, mask);
    }

    /** Nothing was said of the cluster then, and what was is not to be trusted. */
    private static int bug(Throwable problem, Mask mask) {
        StringWriter trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace));
        System.err.print(mask.apply("plumbline: internal error, please report it: " + problem + "\n" + trace));
        return INCONCLUSIVE;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(), "name a command, such as: plumbline verify");
    }
}
