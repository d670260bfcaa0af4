package dev.plumbline.policy;

import dev.plumbline.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What texts and objects tell a Prometheus: whom to scrape, and which rules to work out. */
record PrometheusFiles(List<ScrapeJob> jobs, Set<String> recorded, List<Question> questions) {

    static PrometheusFiles of(List<Manifest> manifests, List<TextFile> texts) {
        PrometheusFiles found = new PrometheusFiles(new ArrayList<>(), new TreeSet<>(), new ArrayList<>());
        ScrapeJobs jobs = new ScrapeJobs(manifests);
        for (TextFile text : texts) {
            if (text.name().matches(".*\\.ya?ml") && text.content().matches("(?s)(.*\\n)?(scrape_configs|groups):.*")) {
                for (YamlDocument document : text.documents()) {
                    if (document.value() instanceof Map) {
                        found.jobs.addAll(jobs.read(document.map()));
                        found.rules(document.map().get("groups"), text.file(), path -> text.line(document.line(path)));
                    }
                }
            }
        }
        for (Manifest manifest : manifests) {
            if (manifest.kind().equals("PrometheusRule")) {
                Object groups = Manifest.map(manifest.object().get("spec")).get("groups");
                found.rules(groups, manifest.file(), path -> manifest.lines().of(prefixed(path)));
            }
        }
        return found;
    }

    private static List<Object> prefixed(List<?> path) {
        return Stream.concat(Stream.of("spec"), path.stream())
                .map(Object.class::cast)
                .toList();
    }

    private void rules(@Nullable Object groups, String file, Manifest.Lines lines) {
        List<?> all = list(groups);
        for (int i = 0; i < all.size(); i++) {
            List<?> rules = list(Manifest.map(all.get(i)).get("rules"));
            for (int j = 0; j < rules.size(); j++) {
                Map<String, Object> rule = Manifest.map(rules.get(j));
                boolean records = rule.containsKey("record");
                String name = String.valueOf(rule.get(records ? "record" : "alert"));
                if (records) {
                    recorded.add(name);
                }
                int line = lines.of(List.of("groups", i, "rules", j, "expr"));
                questions.add(new Question(
                        file,
                        line,
                        "",
                        (records ? "rule \"" : "alert \"") + name + "\"",
                        String.valueOf(rule.get("expr")),
                        ""));
            }
        }
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
