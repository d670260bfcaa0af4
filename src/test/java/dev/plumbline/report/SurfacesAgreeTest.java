package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class SurfacesAgreeTest {

    @TempDir
    Path folder;

    @Test
    void consoleAndFilesSayTheSameOfAnyRecord() throws Exception {
        for (long seed = 0; seed < 40; seed++) {
            RunRecord run = SampleRecords.seeded(seed);
            Path reports = folder.resolve("r" + seed);
            new ReportFolder(new Mask()).write(run, List.of(), reports, folder.resolve("history.jsonl"));

            JsonNode statement = new ObjectMapper()
                    .readTree(reports.resolve("statement.json").toFile());
            assertThat(statement.path("exitCode").intValue()).as("seed " + seed).isEqualTo(run.exitCode());
            assertJUnitAgrees(statement, JUnitXmlTest.parse(run).getDocumentElement());
            assertAllureAgrees(statement, reports.resolve("allure-results"));
            assertConsoleAgrees(statement, run);
        }
    }

    private static void assertJUnitAgrees(JsonNode statement, Element junit) {
        int leftovers = total(statement, "leftovers") > 0 ? 1 : 0;
        assertThat(number(junit, "failures")).isEqualTo(total(statement, "FAIL", "FLAKY"));
        assertThat(number(junit, "errors")).isEqualTo(total(statement, "INCONCLUSIVE") + leftovers);
        assertThat(number(junit, "skipped"))
                .isEqualTo(total(statement, "BLOCKED", "NOT_APPLICABLE", "PENDING", "UNPROVEN"));
        assertThat(number(junit, "tests")).isEqualTo(total(statement, "criteria") + leftovers);
    }

    private static void assertAllureAgrees(JsonNode statement, Path results) throws IOException {
        List<String> statuses = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(results, "*-result.json")) {
            for (Path file : files) {
                statuses.add(new ObjectMapper()
                        .readTree(file.toFile())
                        .path("status")
                        .textValue());
            }
        }
        int leftovers = total(statement, "leftovers") > 0 ? 1 : 0;
        assertThat(statuses).filteredOn("passed"::equals).hasSize(total(statement, "PASS", "WAIVED"));
        assertThat(statuses).filteredOn("failed"::equals).hasSize(total(statement, "FAIL", "FLAKY"));
        assertThat(statuses).filteredOn("broken"::equals).hasSize(total(statement, "INCONCLUSIVE") + leftovers);
        assertThat(statuses).hasSize(total(statement, "criteria") + leftovers);
    }

    private static void assertConsoleAgrees(JsonNode statement, RunRecord run) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ConsoleReport(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, false, new Mask())
                .runFinished(run, Path.of("reports"));
        String console = bytes.toString(StandardCharsets.UTF_8);
        assertThat(console)
                .contains(
                        "exit code " + run.exitCode(),
                        statement.path("conformance").textValue().toUpperCase(java.util.Locale.ROOT));
        for (Map.Entry<Verdict, Integer> count : run.counts().entrySet()) {
            if (run.criteria().size() <= ConsoleSummary.FEW) {
                assertThat(console.lines().filter(line -> line.startsWith(count.getKey() + " ")))
                        .hasSize(total(statement, count.getKey().name()));
            } else if (count.getValue() > 0) {
                assertThat(console)
                        .contains(total(statement, count.getKey().name()) + " " + Phrases.verdict(count.getKey()));
            }
        }
    }

    private static int total(JsonNode statement, String... names) {
        int sum = 0;
        for (String name : names) {
            sum += statement.path("totals").path(name).intValue();
        }
        return sum;
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }
}
