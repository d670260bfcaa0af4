package dev.plumbline.simulation.system.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.system.prometheus.ConfigReader.BadConfig;
import dev.plumbline.simulation.system.prometheus.promql.Expr;
import dev.plumbline.simulation.system.prometheus.promql.Parser;
import dev.plumbline.simulation.system.prometheus.promql.QueryError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the rule files that a configuration names. */
final class RuleReader {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> GROUP =
            Set.of("name", "interval", "query_offset", "limit", "rules", "labels", "partial_response_strategy");
    private static final Set<String> RULE =
            Set.of("record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations");

    private final Files files;
    private final String directory;
    private final Duration interval;

    /** @param directory of the configuration file: relative patterns start there */
    RuleReader(Files files, String directory, Duration interval) {
        this.files = files;
        this.directory = directory;
        this.interval = interval;
    }

    List<Rule.Group> read(List<String> patterns) throws BadConfig {
        List<Rule.Group> groups = new ArrayList<>();
        for (String pattern : patterns) {
            for (String path : matching(pattern.startsWith("/") ? pattern : directory + "/" + pattern)) {
                groups.addAll(file(path));
            }
        }
        return groups;
    }

    private List<String> matching(String pattern) {
        int slash = pattern.lastIndexOf('/');
        String folder = slash <= 0 ? "/" : pattern.substring(0, slash);
        String name = pattern.substring(slash + 1)
                .replace(".", "\\.")
                .replace("*", "[^/]*")
                .replace("?", "[^/]");
        Pattern whole = Pattern.compile(Pattern.quote(folder + "/") + name);
        return files.list(folder).stream()
                .filter(path -> whole.matcher(path).matches())
                .toList();
    }

    private List<Rule.Group> file(String path) throws BadConfig {
        String text = files.read(path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        List<Rule.Group> groups = new ArrayList<>();
        Set<String> names = new HashSet<>();
        try {
            ConfigSection root = new ConfigSection(YAML.readTree(text), text);
            root.allow("rulefmt.RuleGroups", Set.of("groups"));
            for (ConfigSection section : root.sections("groups")) {
                section.allow("rulefmt.RuleGroup", GROUP);
                String name = section.text("name", "");
                if (!names.add(name)) {
                    throw new BadConfig("groupname: \"" + name + "\" is repeated in the same file");
                }
                groups.add(new Rule.Group(name, path, section.duration("interval", interval), rules(section)));
            }
        } catch (JsonProcessingException e) {
            throw new BadConfig(path + ": yaml: line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
        } catch (BadConfig e) {
            throw new BadConfig(path + ": " + e.getMessage());
        }
        return groups;
    }

    private static List<Rule> rules(ConfigSection group) throws BadConfig {
        List<Rule> rules = new ArrayList<>();
        for (ConfigSection section : group.sections("rules")) {
            section.allow("rulefmt.RuleNode", RULE);
            boolean alerting = section.has("alert");
            if (alerting == section.has("record")) {
                throw new BadConfig("group \"" + group.text("name", "") + "\", rule " + (rules.size() + 1)
                        + ": one of 'record' or 'alert' must be set");
            }
            String name = section.text(alerting ? "alert" : "record", "");
            rules.add(new Rule(
                    alerting,
                    name,
                    section.text("expr", "").strip(),
                    expr(group, rules.size() + 1, name, section.text("expr", "")),
                    section.duration("for", Duration.ZERO),
                    section.strings("labels"),
                    section.strings("annotations")));
        }
        return rules;
    }

    private static Expr expr(ConfigSection group, int number, String name, String query) throws BadConfig {
        try {
            return Parser.parse(query);
        } catch (QueryError e) {
            throw new BadConfig("group \"" + group.text("name", "") + "\", rule " + number + ", \"" + name
                    + "\": could not parse expression: " + e.getMessage());
        }
    }
}
