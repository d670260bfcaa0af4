package dev.plumbline;

import dev.plumbline.cluster.ClientWarmUp;
import dev.plumbline.probe.HttpWarmUp;
import dev.plumbline.report.CiServer;
import dev.plumbline.report.ConsoleReport;
import dev.plumbline.report.RunRecord;
import dev.plumbline.run.BadInput;
import dev.plumbline.run.Gate;
import dev.plumbline.run.LastRun;
import dev.plumbline.run.Opened;
import dev.plumbline.run.Prepared;
import dev.plumbline.run.Proofs;
import dev.plumbline.run.RunOptions;
import dev.plumbline.run.Verification;
import dev.plumbline.timing.WallClock;
import dev.plumbline.verdict.Credentials;
import dev.plumbline.verdict.Mask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job: every selected criterion on a target, and the reports. */
@Command(name = "verify", description = "Runs every selected criterion on a target.", mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer>, Masking {

    /** Where faults are proven unless another target is asked for. */
    private static final Path SIMULATED = Path.of("reports", "simulated");

    @Mixin
    private CriteriaOptions criteria = new CriteriaOptions();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            description = "Where the reports are written. Default: reports/<target>")
    private @Nullable Path reports;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            defaultValue = "reports/history.jsonl",
            description = "One line a criterion and run. Default: ${DEFAULT-VALUE}")
    private Path history = Path.of("reports", "history.jsonl");

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "Scenarios at a time. Default: ${DEFAULT-VALUE}")
    private int parallel = 1;

    @Option(
            names = "--order",
            paramLabel = "SEED",
            description = "A number: the scenarios of each document run in the random order that it stands for.")
    private @Nullable Long order;

    @Option(
            names = "--keep",
            paramLabel = "never|on-failure|always",
            defaultValue = "never",
            description = "Whether what the run made stays in the cluster. Default: ${DEFAULT-VALUE}")
    private String keep = "never";

    @Option(
            names = "--attempts",
            paramLabel = "N",
            defaultValue = "1",
            description = "For a scenario that does not pass; two that differ are FLAKY. Default: ${DEFAULT-VALUE}")
    private int attempts = 1;

    @Option(names = "--fail-fast", description = "No scenario begins after the first that failed.")
    private boolean failFast;

    @Option(
            names = "--budget",
            paramLabel = "DURATION",
            description = "No scenario begins after this time, such as 30m.")
    private @Nullable String budget;

    @Option(names = "--only-failed", description = "Only criteria that did not pass in the last run on this target.")
    private boolean onlyFailed;

    @Option(
            names = "--allure",
            paramLabel = "PROGRAM",
            hidden = true,
            description = "Allure's command line; with it the run renders allure.html, as mvn verify has it do.")
    private @Nullable Path allure;

    private final Mask mask = new Mask();
    private final Opening opening;
    private final Map<String, String> environment;

    VerifyCommand() {
        this((options, prepared) -> new Targets(options, prepared).open(), System.getenv());
    }

    VerifyCommand(Opening opening, Map<String, String> environment) {
        this.opening = opening;
        this.environment = Map.copyOf(environment);
    }

    /** Opens the target that a run asks for. */
    @FunctionalInterface
    interface Opening {
        Opened open(TargetOptions options, Prepared prepared) throws InterruptedException;
    }

    @Override
    public Mask mask() {
        return mask;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ClientWarmUp.start();
        WallClock wall = new WallClock();
        Prepared prepared = Prepared.of(options());
        if (prepared.asksServices()) {
            HttpWarmUp.start();
        }
        Proofs proofs = new Proofs(prepared);
        proofs.unknown().forEach(problem -> System.err.println("plumbline: warning: " + problem));
        mask.directory(Path.of("").toAbsolutePath());
        environment.entrySet().stream()
                .filter(variable -> Credentials.named(variable.getKey()))
                .forEach(variable -> mask.secret(variable.getKey(), variable.getValue(), true));
        ConsoleReport console = new ConsoleReport(
                System.out,
                ConsoleReport.terminal(environment, Terminal.attached()),
                ConsoleReport.colours(environment),
                mask);
        Gate gate = new Gate(wall, duration(), failFast);
        try (Interrupts interrupts = new Interrupts(gate);
                Opened opened = opening.open(target, prepared)) {
            opened.target().teach(mask);
            Path folder = reports == null ? Path.of("reports", opened.target().name()) : reports;
            Prepared selected = onlyFailed ? prepared.only(LastRun.notPassed(folder)) : prepared;
            opened.swept().done().forEach(line -> System.out.println(mask.apply("removed " + line)));
            Verification verification = new Verification(selected, opened, console, mask, wall, gate);
            try (Publishing publishing =
                    new Publishing(verification, mask, folder, history, CiServer.in(environment))) {
                publishing.begin();
                RunRecord run = verification.run().with(proofs.in(List.of(folder, SIMULATED)));
                RunRecord record = publishing.end(run, gate);
                if (allure != null) {
                    new AllureHtml(allure).render(folder).ifPresent(why -> System.err.println("plumbline: " + why));
                }
                console.runFinished(record, folder);
                return record.exitCode();
            }
        } catch (BadInput e) {
            // whoever interrupts a run that is about to be refused has interrupted it
            return gate.signal().map(number -> 128 + number).orElseThrow(() -> e);
        }
    }

    private RunOptions options() {
        if (parallel < 1) {
            throw new BadInput("--parallel is " + parallel + ", expected a number of at least 1");
        }
        if (attempts < 1) {
            throw new BadInput("--attempts is " + attempts + ", expected a number of at least 1");
        }
        return new RunOptions(
                criteria.features(),
                criteria.manifests(),
                criteria.profile(),
                criteria.selection(),
                parallel,
                keep(),
                attempts,
                failFast,
                duration(),
                Optional.ofNullable(order));
    }

    private RunOptions.Keep keep() {
        return switch (keep) {
            case "never" -> RunOptions.Keep.NEVER;
            case "on-failure" -> RunOptions.Keep.ON_FAILURE;
            case "always" -> RunOptions.Keep.ALWAYS;
            default -> throw new BadInput("--keep is \"" + keep + "\", expected never, on-failure or always");
        };
    }

    private Optional<Duration> duration() {
        return Optional.ofNullable(budget).map(text -> CriteriaOptions.duration("--budget", text));
    }
}
