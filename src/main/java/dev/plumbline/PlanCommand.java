package dev.plumbline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.criterion.Criterion;
import dev.plumbline.run.Prepared;
import dev.plumbline.run.Rights;
import dev.plumbline.run.RunOptions;
import dev.plumbline.run.RunPlan;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what would run, and contacts nothing. */
@Command(
        name = "plan",
        description = "What would run: criteria, writes, namespaces, rights, time. Contacts nothing.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    /** How the plan is printed. */
    enum Format {
        TEXT,
        JSON
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private CriteriaOptions criteria = new CriteriaOptions();

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Default: ${DEFAULT-VALUE}")
    private Format format = Format.TEXT;

    @Option(
            names = "--role",
            description = "Prints the ClusterRole that a run of these criteria needs, and nothing else. With"
                    + " --tags 'not @changes-cluster' that of a read-only run.")
    private boolean role;

    @Override
    public Integer call() throws JsonProcessingException {
        RunOptions options = new RunOptions(
                criteria.features(),
                criteria.manifests(),
                criteria.profile(),
                criteria.selection(),
                1,
                RunOptions.Keep.NEVER,
                1,
                false,
                Optional.empty(),
                Optional.empty());
        List<RunPlan.Entry> entries = new RunPlan(Prepared.of(options)).entries();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Rights all = Rights.together(entries.stream().map(RunPlan.Entry::rights).toList());
        if (role) {
            out.print(all.clusterRole("plumbline"));
        } else if (format == Format.JSON) {
            out.println(new ObjectMapper()
                    .writeValueAsString(Map.of(
                            "criteria", entries.stream().map(PlanCommand::json).toList())));
        } else {
            entries.forEach(entry -> text(entry, out));
            Duration longest = entries.stream().map(RunPlan.Entry::atMost).reduce(Duration.ZERO, Duration::plus);
            out.println(entries.size() + " criteria; all limits together " + longest.toMinutes()
                    + " min on the target's clock");
            out.println("rights of them all (--role prints the ClusterRole): " + all);
        }
        out.flush();
        return 0;
    }

    private static Map<String, Object> json(RunPlan.Entry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", entry.criterion().id());
        json.put("document", entry.criterion().document());
        json.put("tier", entry.criterion().tier().word());
        json.put("rule", entry.criterion().text());
        json.put("scenarios", entry.criterion().examples().size());
        json.put("writes", entry.writes());
        json.put("rights", entry.rights().texts());
        return json;
    }

    private static void text(RunPlan.Entry entry, PrintWriter out) {
        var criterion = entry.criterion();
        out.println(criterion.id() + "  " + criterion.text());
        out.println("    " + criterion.document() + ", " + criterion.tier().word()
                + (criterion.pending() ? ", pending" : "") + ", scenarios: "
                + criterion.examples().size() + (entry.writes() ? ", writes" : ", reads only") + ", at most "
                + entry.atMost().toSeconds() + " s");
        if (!entry.namespaces().isEmpty()) {
            out.println("    namespaces: " + String.join(", ", entry.namespaces()));
        }
        if (!entry.rights().all().isEmpty()) {
            out.println("    rights: " + entry.rights());
        }
        out.println("    faults: " + faults(criterion));
        out.println();
    }

    private static String faults(Criterion criterion) {
        List<String> names = criterion.examples().stream()
                .flatMap(example -> example.faults().stream())
                .distinct()
                .toList();
        return names.isEmpty() ? "none, so that nothing shows that it can turn red" : String.join(", ", names);
    }
}
