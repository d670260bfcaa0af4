package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.system.prometheus.ConfigReader.BadConfig;
import dev.plumbline.simulation.system.prometheus.PrometheusConfig.Job;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads one entry of {@code scrape_configs}. */
final class JobReader {

    private static final Set<String> WITH_TARGET =
            Set.of("replace", "hashmod", "lowercase", "uppercase", "keepequal", "dropequal");

    private final Files files;
    private final Duration globalInterval;
    private final Duration globalTimeout;

    JobReader(Files files, Duration globalInterval, Duration globalTimeout) {
        this.files = files;
        this.globalInterval = globalInterval;
        this.globalTimeout = globalTimeout;
    }

    Job read(ConfigSection entry) throws BadConfig {
        entry.allow("config.ScrapeConfig", ConfigFields.JOB);
        String name = entry.text("job_name", "");
        if (name.isEmpty()) {
            throw new BadConfig("job_name is empty");
        }
        Duration interval = entry.duration("scrape_interval", globalInterval);
        Duration timeout =
                entry.duration("scrape_timeout", globalTimeout.compareTo(interval) > 0 ? interval : globalTimeout);
        if (timeout.compareTo(interval) > 0) {
            throw new BadConfig(
                    "scrape timeout greater than scrape interval for scrape config with job name \"" + name + "\"");
        }
        return new Job(
                name,
                interval,
                timeout,
                entry.text("scheme", "http"),
                entry.text("metrics_path", "/metrics"),
                params(entry.section("params")),
                entry.flag("honor_labels"),
                authorization(entry),
                SourceReader.all(entry),
                relabels(entry.sections("relabel_configs")),
                relabels(entry.sections("metric_relabel_configs")));
    }

    private static Map<String, List<String>> params(ConfigSection section) {
        Map<String, List<String>> params = new LinkedHashMap<>();
        section.node().fieldNames().forEachRemaining(name -> params.put(name, section.list(name)));
        return params;
    }

    /** The Authorization header. */
    private Optional<String> authorization(ConfigSection entry) {
        if (entry.has("basic_auth")) {
            ConfigSection basic = entry.section("basic_auth");
            String password = basic.has("password_file")
                    ? file(basic.text("password_file", "")).orElse("")
                    : basic.text("password", "");
            String pair = basic.text("username", "") + ":" + password;
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        if (entry.has("bearer_token")) {
            return Optional.of("Bearer " + entry.text("bearer_token", ""));
        }
        ConfigSection section = entry.section("authorization");
        String path = entry.text("bearer_token_file", section.text("credentials_file", ""));
        if (!path.isEmpty()) {
            return file(path).map(token -> "Bearer " + token);
        }
        return section.has("credentials")
                ? Optional.of(section.text("type", "Bearer") + " " + section.text("credentials", ""))
                : Optional.empty();
    }

    private Optional<String> file(String path) {
        return files.read(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
    }

    private static List<Relabel> relabels(List<ConfigSection> sections) throws BadConfig {
        List<Relabel> rules = new ArrayList<>();
        for (ConfigSection section : sections) {
            section.allow("relabel.plain", ConfigFields.RELABEL);
            String action = section.text("action", "replace").toLowerCase(java.util.Locale.ROOT);
            if (!Relabel.ACTIONS.contains(action)) {
                throw new BadConfig("unknown relabel action \"" + action + "\"");
            }
            String target = section.text("target_label", "");
            if (target.isEmpty() && WITH_TARGET.contains(action)) {
                throw new BadConfig("relabel configuration for " + action + " action requires 'target_label' value");
            }
            rules.add(new Relabel(
                    section.list("source_labels"),
                    section.text("separator", ";"),
                    pattern(section.text("regex", "(.*)")),
                    target,
                    section.text("replacement", "$1"),
                    action,
                    Long.parseLong(section.text("modulus", "1"))));
        }
        return rules;
    }

    private static Pattern pattern(String regex) throws BadConfig {
        try {
            return Pattern.compile(regex, Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new BadConfig("error parsing regexp: " + e.getDescription() + ": `" + regex + "`");
        }
    }
}
