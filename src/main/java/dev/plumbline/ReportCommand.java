package dev.plumbline;

import dev.plumbline.report.ConsoleReport;
import dev.plumbline.report.ReportFolder;
import dev.plumbline.report.RunRecord;
import dev.plumbline.report.SideBySide;
import dev.plumbline.run.BadInput;
import dev.plumbline.verdict.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The pages again from stored runs, and several of them side by side. */
@Command(
        name = "report",
        description = {
            "Renders the pages again from stored runs; of several, also one page with all of them side by side.",
            "Ends as the runs did; of several, as the first of 130/143, 1, 5, 3, 4, 0. 2: no run is stored there."
        },
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    private static final List<Integer> WORST_FIRST = List.of(130, 143, 137, 1, 5, 3, 4, 0);

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "A folder that verify wrote, such as reports/k3s, or one that holds such folders.")
    private List<Path> directories = List.of();

    @Option(
            names = "--history",
            paramLabel = "FILE",
            defaultValue = "reports/history.jsonl",
            description = "One line a criterion and run. Default: ${DEFAULT-VALUE}")
    private Path history = Path.of("reports", "history.jsonl");

    @Option(
            names = "--overview",
            paramLabel = "FILE",
            description = "The page of several runs. Default: index.html beside their folders")
    private @Nullable Path overview;

    @Option(
            names = "--allure",
            paramLabel = "PROGRAM",
            hidden = true,
            description = "Allure's command line, for allure.html; by default the one that Maven put beside the jar.")
    private @Nullable Path allure;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, RunRecord> runs = new LinkedHashMap<>();
        List<Path> folders = stored();
        Optional<Path> program = Optional.ofNullable(allure).or(AllureHtml::besideTheJar);
        for (Path folder : folders) {
            runs.put(folder.toString(), again(folder));
            if (program.isPresent()) {
                new AllureHtml(program.get()).render(folder).ifPresent(why -> System.err.println("plumbline: " + why));
            }
        }
        ConsoleReport console = new ConsoleReport(System.out, false, false, new Mask());
        runs.forEach((folder, run) -> console.runFinished(run, Path.of(folder)));
        if (runs.size() > 1) {
            Path page = overview == null ? beside(folders).resolve("index.html") : overview;
            new SideBySide(runs).write(page);
            System.out.println("Together  " + page);
        }
        return runs.values().stream()
                .map(RunRecord::exitCode)
                .min(java.util.Comparator.comparing(WORST_FIRST::indexOf))
                .orElseThrow();
    }

    private List<Path> stored() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                throw new BadInput(directory + ": no such directory; name a folder that verify wrote");
            }
            List<Path> found = ReportFolder.stored(directory);
            if (found.isEmpty()) {
                throw new BadInput(directory + ": no run is stored there (record.json.gz); name a folder that verify"
                        + " wrote, or one that holds such folders");
            }
            folders.addAll(found);
        }
        return folders.stream().distinct().toList();
    }

    private RunRecord again(Path folder) throws IOException {
        try {
            return new ReportFolder(new Mask()).again(folder, history);
        } catch (IOException e) {
            throw new BadInput(String.valueOf(e.getMessage()));
        }
    }

    /** The folder in which all of them are. */
    private static Path beside(List<Path> folders) {
        Path common = folders.get(0).toAbsolutePath().normalize();
        for (Path folder : folders) {
            while (!folder.toAbsolutePath().normalize().startsWith(common)
                    || common.equals(folder.toAbsolutePath().normalize())) {
                common = java.util.Objects.requireNonNullElse(common.getParent(), common.getRoot());
            }
        }
        Path here = Path.of("").toAbsolutePath();
        return common.startsWith(here) ? here.relativize(common) : common;
    }
}
