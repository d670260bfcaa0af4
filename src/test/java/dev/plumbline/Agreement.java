package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Holds everything that a run said against its statement. The names of its scenarios must differ. */
final class Agreement {

    private static final Set<String> GREEN = Set.of("PASS", "WAIVED");
    private static final Set<String> PASSIVE = Set.of("PENDING", "NOT_APPLICABLE");
    private static final Pattern ENTRY = Pattern.compile(
            "<details class=\"entry v-[a-z-]+\" id=\"([^\"]+)\" data-verdict=\"([a-z-]+)\".*?<p class=\"why[^>]*><b>[^<]*</b>"
                    + " (.*?)</p>(.*?)(?=<details class=\"entry|</main>)",
            Pattern.DOTALL);
    private static final Pattern SCENARIO =
            Pattern.compile("<h3><span class=\"pill v-([a-z-]+)\">[^<]*</span> (.*?) <span class=\"took\">");

    private final Bench.Run run;
    private final JsonNode statement;
    private final List<JsonNode> criteria = new ArrayList<>();

    private Agreement(Bench.Run run) throws IOException {
        this.run = run;
        this.statement = run.statement();
        statement.path("criteria").forEach(criteria::add);
    }

    /** @param console whether the process came to say its last words */
    static void of(Bench.Run run, boolean console) throws Exception {
        Agreement agreement = new Agreement(run);
        agreement.totals();
        agreement.junit();
        agreement.allure();
        agreement.page();
        agreement.messages();
        if (console) {
            assertThat(agreement.statement.path("exitCode").intValue()).isEqualTo(run.exitCode());
            agreement.console();
            agreement.summary();
            agreement.history();
        }
    }

    /** The verdicts of all criteria, in order. */
    static String verdicts(Bench.Run run) throws IOException {
        List<String> verdicts = new ArrayList<>();
        run.statement().path("criteria").forEach(criterion -> verdicts.add(verdict(criterion)));
        return String.join(" ", verdicts);
    }

    private void totals() {
        Map<String, Integer> counts = new HashMap<>();
        criteria.forEach(criterion -> counts.merge(verdict(criterion), 1, Integer::sum));
        counts.forEach((verdict, count) ->
                assertThat(statement.path("totals").path(verdict).intValue()).isEqualTo(count));
        assertThat(statement.path("totals").path("criteria").intValue()).isEqualTo(criteria.size());
    }

    private void console() {
        String last = run.out().substring(run.out().lastIndexOf("\nTarget    "));
        for (JsonNode criterion : criteria) {
            String id = criterion.path("id").asText();
            String line = last.lines()
                    .filter(each -> each.matches("[A-Z_]+ +" + Pattern.quote(id) + "  .*"))
                    .findFirst()
                    .orElse("nothing of " + id);
            assertThat(line).startsWith(verdict(criterion) + " ");
            if (!verdict(criterion).equals("PASS")) {
                assertThat(line).endsWith("  " + reason(criterion));
            }
        }
        assertThat(last)
                .contains(statement.path("conformance").asText().toUpperCase(Locale.ROOT) + ": ")
                .contains("(exit code " + run.exitCode() + ")");
        assertThat(last.lines().filter(line -> line.startsWith("REMAINS")))
                .hasSize(statement.path("totals").path("leftovers").intValue());
    }

    private void junit() throws Exception {
        Element suites = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(run.directory().resolve("reports/junit.xml").toFile())
                .getDocumentElement();
        int leftovers = statement.path("totals").path("leftovers").intValue() > 0 ? 1 : 0;
        NodeList cases = suites.getElementsByTagName("testcase");
        Map<String, Element> byName = new HashMap<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element each = (Element) cases.item(i);
            byName.put(each.getAttribute("classname") + "/" + each.getAttribute("name"), each);
        }
        Map<String, Integer> kinds = new HashMap<>();
        for (Subject subject : subjects()) {
            Element each = Objects.requireNonNull(
                    byName.get(subject.document() + "." + subject.id() + "/" + subject.name()),
                    () -> "junit.xml lacks " + subject);
            assertThat(property(each, "verdict")).isEqualTo(subject.verdict());
            String kind = switch (subject.verdict()) {
                case "PASS", "WAIVED" -> "";
                case "FAIL", "FLAKY" -> "failure";
                case "INCONCLUSIVE" -> "error";
                default -> "skipped";
            };
            kinds.merge(kind, 1, Integer::sum);
            if (!kind.isEmpty()) {
                assertThat(each.getElementsByTagName(kind).getLength()).isEqualTo(1);
                String message = ((Element) each.getElementsByTagName(kind).item(0)).getAttribute("message");
                assertThat(message).startsWith(subject.verdict() + ": ");
                subject.said().ifPresent(reason -> assertThat(message).isEqualTo(subject.verdict() + ": " + reason));
            }
        }
        assertThat(Integer.parseInt(suites.getAttribute("tests")))
                .isEqualTo(cases.getLength())
                .isEqualTo(subjects().size() + leftovers);
        assertThat(Integer.parseInt(suites.getAttribute("failures"))).isEqualTo(kinds.getOrDefault("failure", 0));
        assertThat(Integer.parseInt(suites.getAttribute("errors")))
                .isEqualTo(kinds.getOrDefault("error", 0) + leftovers);
        assertThat(Integer.parseInt(suites.getAttribute("skipped"))).isEqualTo(kinds.getOrDefault("skipped", 0));
    }

    private static String property(Element testCase, String name) {
        NodeList properties = testCase.getElementsByTagName("property");
        for (int i = 0; i < properties.getLength(); i++) {
            Element property = (Element) properties.item(i);
            if (property.getAttribute("name").equals(name)) {
                return property.getAttribute("value");
            }
        }
        return "";
    }

    private void allure() throws IOException {
        Map<String, JsonNode> byName = new HashMap<>();
        run.allureResults().forEach(result -> byName.put(result.path("fullName").asText(), result));
        int leftovers = statement.path("totals").path("leftovers").intValue() > 0 ? 1 : 0;
        assertThat(byName).hasSize(subjects().size() + leftovers);
        for (Subject subject : subjects()) {
            JsonNode result = Objects.requireNonNull(
                    byName.get(subject.id() + ": " + subject.name()), () -> "Allure lacks " + subject);
            assertThat(result.path("status").asText())
                    .isEqualTo(
                            switch (subject.verdict()) {
                                case "PASS", "WAIVED" -> "passed";
                                case "FAIL", "FLAKY" -> "failed";
                                case "INCONCLUSIVE" -> "broken";
                                default -> "skipped";
                            });
            if (!subject.verdict().equals("PASS")) {
                String message = result.at("/statusDetails/message").asText();
                assertThat(message).startsWith(subject.verdict() + ": ");
                subject.said()
                        .ifPresent(
                                reason -> assertThat(firstLine(message)).isEqualTo(subject.verdict() + ": " + reason));
            }
        }
        assertThat(Files.readString(run.directory().resolve("reports/allure-results/environment.properties")))
                .contains("conformance=" + statement.path("conformance").asText());
    }

    private void page() throws IOException {
        String page = run.file("index.html");
        assertThat(page).contains("exit code " + statement.path("exitCode").intValue() + "<");
        assertThat(page).contains(statement.path("conformance").asText() + " · ");
        Map<String, Matcher> entries = new HashMap<>();
        Matcher entry = ENTRY.matcher(page);
        List<String> seen = new ArrayList<>();
        while (entry.find()) {
            seen.add(entry.group(1) + " "
                    + entry.group(2).toUpperCase(Locale.ROOT).replace('-', '_') + " "
                    + firstLine(plain(entry.group(3))));
            Matcher scenario = SCENARIO.matcher(entry.group(4));
            while (scenario.find()) {
                seen.add(plain(scenario.group(2)) + " "
                        + scenario.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
            }
        }
        List<String> expected = new ArrayList<>();
        for (JsonNode criterion : criteria) {
            expected.add(criterion.path("id").asText() + " " + verdict(criterion) + " " + reason(criterion));
            criterion
                    .path("scenarios")
                    .forEach(scenario -> expected.add(scenario.path("name").asText() + " " + verdict(scenario)));
        }
        assertThat(seen).containsExactlyElementsOf(expected);
    }

    private static String plain(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /** Cucumber knows no criteria, waivers and refusals; but how often a scenario was begun, and whether it passed. */
    private void messages() throws IOException {
        Map<String, String> pickles = new HashMap<>();
        Map<String, String> cases = new HashMap<>();
        Map<String, String> running = new HashMap<>();
        Map<String, Boolean> passed = new HashMap<>();
        Map<String, List<Boolean>> ended = new HashMap<>();
        for (String line : run.file("messages.ndjson").split("\n")) {
            JsonNode message = new ObjectMapper().readTree(line);
            JsonNode pickle = message.path("pickle");
            if (!pickle.isMissingNode()) {
                pickles.put(pickle.path("id").asText(), pickle.path("name").asText());
            }
            JsonNode testCase = message.path("testCase");
            if (!testCase.isMissingNode()) {
                cases.put(
                        testCase.path("id").asText(),
                        pickles.get(testCase.path("pickleId").asText()));
            }
            JsonNode started = message.path("testCaseStarted");
            if (!started.isMissingNode()) {
                String id = started.path("id").asText();
                running.put(id, cases.get(started.path("testCaseId").asText()));
                passed.put(id, true);
            }
            JsonNode step = message.path("testStepFinished");
            if (!step.isMissingNode()
                    && !step.at("/testStepResult/status").asText().equals("PASSED")) {
                passed.put(step.path("testCaseStartedId").asText(), false);
            }
            JsonNode end = message.path("testCaseFinished");
            if (!end.isMissingNode()) {
                String id = end.path("testCaseStartedId").asText();
                ended.computeIfAbsent(running.get(id), name -> new ArrayList<>())
                        .add(passed.get(id));
            }
        }
        for (JsonNode criterion : criteria) {
            for (JsonNode scenario : criterion.path("scenarios")) {
                List<Boolean> own = ended.getOrDefault(scenario.path("name").asText(), List.of());
                boolean anyPass = own.contains(true);
                assertThat(anyPass)
                        .as("Cucumber's messages of " + scenario)
                        .isEqualTo(Set.of("PASS", "FLAKY").contains(verdict(scenario)) && anyPass
                                || verdict(scenario).equals("PASS"));
            }
        }
    }

    private void summary() throws IOException {
        String summary = Files.readString(run.directory().resolve("summary.md"));
        assertThat(summary)
                .contains("## Plumbline: " + statement.path("conformance").asText() + " on ")
                .contains("(exit code " + run.exitCode() + ")");
        for (JsonNode criterion : criteria) {
            String row =
                    "| " + verdict(criterion) + " | " + criterion.path("id").asText() + " | ";
            boolean shown = !GREEN.contains(verdict(criterion)) && !PASSIVE.contains(verdict(criterion));
            assertThat(summary.contains(row)).as(row).isEqualTo(shown);
            if (shown) {
                assertThat(summary.replace("\\", "").replace("&lt;", "<").replace("&amp;", "&"))
                        .contains((row + reason(criterion)).replace("\\", ""));
            }
        }
    }

    private void history() throws IOException {
        List<String> lines = Files.readAllLines(run.directory().resolve("reports/history.jsonl"));
        List<String> last = lines.subList(lines.size() - criteria.size(), lines.size());
        for (int i = 0; i < criteria.size(); i++) {
            JsonNode line = new ObjectMapper().readTree(last.get(i));
            assertThat(line.path("id")).isEqualTo(criteria.get(i).path("id"));
            assertThat(line.path("verdict")).isEqualTo(criteria.get(i).path("verdict"));
            assertThat(line.path("started")).isEqualTo(statement.path("started"));
        }
    }

    /** What has a test case: each scenario, and a criterion that no scenario speaks for. */
    private record Subject(String document, String id, String name, String verdict, java.util.Optional<String> said) {}

    private List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (JsonNode criterion : criteria) {
            boolean borne = false;
            boolean alone = criterion.path("scenarios").size() == 1;
            for (JsonNode scenario : criterion.path("scenarios")) {
                borne |= verdict(scenario).equals(verdict(criterion));
                subjects.add(subject(criterion, scenario.path("name").asText(), verdict(scenario), alone));
            }
            if (!borne) {
                subjects.add(subject(criterion, criterion.path("rule").asText(), verdict(criterion), true));
            }
        }
        return subjects;
    }

    private static Subject subject(JsonNode criterion, String name, String verdict, boolean alone) {
        return new Subject(
                criterion.path("document").asText(),
                criterion.path("id").asText(),
                name,
                verdict,
                alone ? java.util.Optional.of(reason(criterion)) : java.util.Optional.empty());
    }

    private static String verdict(JsonNode node) {
        return node.path("verdict").asText();
    }

    private static String reason(JsonNode criterion) {
        return firstLine(criterion.path("reason").asText());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
