package dev.plumbline.simulation.system.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.system.prometheus.PrometheusConfig.Job;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code prometheus.yml} as strictly as Prometheus does. */
final class ConfigReader {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Files files;

    ConfigReader(Files files) {
        this.files = files;
    }

    /** The file cannot be used; the message is what Prometheus puts behind {@code err=}. */
    static final class BadConfig extends Exception {
        private static final long serialVersionUID = 1L;
        private final String message;

        BadConfig(String message) {
            super(message);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }

    PrometheusConfig read(String path) throws BadConfig {
        String text = files.read(path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> new BadConfig("open " + path + ": no such file or directory"));
        return parse(path, text);
    }

    PrometheusConfig parse(String path, String text) throws BadConfig {
        try {
            return config(new ConfigSection(tree(text), text));
        } catch (BadConfig e) {
            throw new BadConfig("parsing YAML file " + path + ": " + e.getMessage());
        }
    }

    private static JsonNode tree(String text) throws BadConfig {
        try {
            JsonNode node = YAML.readTree(text);
            return node.isMissingNode() || node.isNull() ? YAML.createObjectNode() : node;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            String first = e.getOriginalMessage().lines().findFirst().orElse("cannot be read");
            throw new BadConfig("yaml: line " + line + ": " + first);
        }
    }

    private PrometheusConfig config(ConfigSection root) throws BadConfig {
        root.allow("config.plain", ConfigFields.ROOT);
        ConfigSection global = root.section("global");
        global.allow("config.plain", ConfigFields.GLOBAL);
        Duration interval = global.duration("scrape_interval", Duration.ofMinutes(1));
        Duration timeout = global.duration("scrape_timeout", Duration.ofSeconds(10));
        List<Job> jobs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigSection entry : root.sections("scrape_configs")) {
            Job job = new JobReader(files, interval, timeout).read(entry);
            if (!names.add(job.name())) {
                throw new BadConfig("found multiple scrape configs with job name \"" + job.name() + "\"");
            }
            jobs.add(job);
        }
        List<TargetSource.Fixed> alertmanagers = new ArrayList<>();
        for (ConfigSection entry : root.section("alerting").sections("alertmanagers")) {
            alertmanagers.addAll(SourceReader.fixed(entry));
        }
        return new PrometheusConfig(
                global.duration("evaluation_interval", Duration.ofMinutes(1)),
                Map.copyOf(global.strings("external_labels")),
                root.list("rule_files"),
                jobs,
                alertmanagers,
                root.source());
    }
}
