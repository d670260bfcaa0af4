package dev.plumbline;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.policy.Finding;
import dev.plumbline.policy.PolicyReport;
import dev.plumbline.policy.Rule;
import dev.plumbline.policy.Rules;
import dev.plumbline.run.BadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The static rules on any manifests. Exit codes: 0 followed, 1 not followed, 2 bad input, 4 nothing to look at. */
@Command(
        name = "policy",
        description = "The static rules on any manifests; no cluster.",
        mixinStandardHelpOptions = true)
final class PolicyCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A directory of manifests, or one file.")
    private Path directory = Path.of(".");

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Default: ${DEFAULT-VALUE}")
    private PlanCommand.Format format = PlanCommand.Format.TEXT;

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(directory)) {
            throw new BadInput(directory + ": no such directory; name one with manifests");
        }
        List<Rule> rules = Rules.all();
        PolicyReport report = PolicyReport.of(directory, rules);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (format == PlanCommand.Format.JSON) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put(
                    "findings",
                    report.findings().stream().map(PolicyCommand::json).toList());
            json.put("files", report.files());
            json.put("rules", rules.stream().map(Rule::name).toList());
            out.println(new ObjectMapper().writeValueAsString(json));
        } else {
            report.findings().forEach(finding -> out.println(finding + " [" + finding.rule() + "]"));
            out.println(report.findings().size() + " findings in " + report.files() + " files, " + report.concerned()
                    + " objects, by " + rules.size() + " rules");
        }
        out.flush();
        if (report.refused()) {
            return 1;
        }
        return report.concerned() == 0 ? Plumbline.NOTHING_RAN : 0;
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", finding.file());
        json.put("line", finding.line());
        json.put("object", finding.object());
        json.put("rule", finding.rule());
        json.put("message", finding.message());
        json.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        return json;
    }
}
