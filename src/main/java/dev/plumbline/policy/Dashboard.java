package dev.plumbline.policy;

import dev.plumbline.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Grafana dashboard as a text holds it.
 *
 * @param wrapped whether it stands inside of a field {@code dashboard}, as Grafana's HTTP API wants it and files must not
 */
record Dashboard(TextFile text, YamlDocument document, Map<String, Object> model, boolean wrapped) {

    private static final List<Object> VARIABLES = List.of("templating", "list");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+),\\s*([\\w.]+)\\)");
    private static final Pattern QUERY_RESULT = Pattern.compile("query_result\\((.+)\\)");

    /** @param path of the panel in the dashboard */
    record Panel(List<Object> path, Map<String, Object> json) {

        String title() {
            return json.get("title") instanceof String title && !title.isBlank()
                    ? "panel \"" + title + "\""
                    : "panel " + json.get("id");
        }

        String type() {
            return String.valueOf(json.get("type"));
        }

        List<String> expressions() {
            List<?> targets = json.get("targets") instanceof List<?> found ? found : List.of();
            return targets.stream()
                    .map(target -> Manifest.map(target).get("expr"))
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }

        boolean isRow() {
            return type().equals("row");
        }
    }

    static List<Dashboard> in(List<TextFile> texts) {
        return texts.stream().flatMap(text -> in(text).stream()).toList();
    }

    static Optional<Dashboard> in(TextFile text) {
        if (!text.name().endsWith(".json") || !text.content().contains("\"panels\"")) {
            return Optional.empty();
        }
        return text.documents().stream()
                .filter(document -> document.value() instanceof Map)
                .findFirst()
                .flatMap(document -> {
                    Map<String, Object> inside = Manifest.map(document.map().get("dashboard"));
                    Map<String, Object> model = inside.isEmpty() ? document.map() : inside;
                    return model.get("panels") instanceof List
                            ? Optional.of(new Dashboard(text, document, model, !inside.isEmpty()))
                            : Optional.empty();
                });
    }

    String title() {
        return model.get("title") instanceof String title ? title : "";
    }

    String uid() {
        return model.get("uid") instanceof String uid ? uid : "";
    }

    /** All panels, rows and those inside of rows too. */
    List<Panel> panels() {
        List<Panel> panels = new ArrayList<>();
        collect(wrapped ? List.of("dashboard", "panels") : List.of("panels"), model.get("panels"), panels);
        return panels;
    }

    private static void collect(List<Object> path, @org.jspecify.annotations.Nullable Object list, List<Panel> panels) {
        List<?> items = list instanceof List<?> found ? found : List.of();
        for (int i = 0; i < items.size(); i++) {
            Panel panel = new Panel(with(path, i), Manifest.map(items.get(i)));
            panels.add(panel);
            collect(with(panel.path(), "panels"), panel.json().get("panels"), panels);
        }
    }

    /** What panels and variables ask a Prometheus. */
    List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (Panel panel : panels()) {
            List<?> targets = panel.json().get("targets") instanceof List<?> found ? found : List.of();
            for (int i = 0; i < targets.size(); i++) {
                Map<String, Object> target = Manifest.map(targets.get(i));
                if (target.get("expr") instanceof String expression && ofPrometheus(target, panel)) {
                    List<Object> path = with(with(panel.path(), "targets"), i);
                    questions.add(question(with(path, "expr"), panel.title(), expression, ""));
                }
            }
        }
        variables(questions);
        return questions;
    }

    private static boolean ofPrometheus(Map<String, Object> target, Panel panel) {
        Object own = target.containsKey("datasource")
                ? target.get("datasource")
                : panel.json().get("datasource");
        Object type = Manifest.map(own).get("type");
        return type == null || type.equals("prometheus");
    }

    private void variables(List<Question> questions) {
        Object list = Manifest.map(model.get("templating")).get("list");
        List<?> variables = list instanceof List<?> found ? found : List.of();
        for (int i = 0; i < variables.size(); i++) {
            Map<String, Object> variable = Manifest.map(variables.get(i));
            Object query = variable.get("query");
            Object text = query instanceof Map ? Manifest.map(query).get("query") : query;
            if ("query".equals(variable.get("type")) && text instanceof String asked) {
                String where = "variable \"" + variable.get("name") + "\"";
                Matcher values = LABEL_VALUES.matcher(asked.strip());
                Matcher result = QUERY_RESULT.matcher(asked.strip());
                if (values.matches()) {
                    questions.add(question(with(VARIABLES, i), where, values.group(1), values.group(2)));
                } else if (result.matches()) {
                    questions.add(question(with(VARIABLES, i), where, result.group(1), ""));
                }
            }
        }
    }

    private Question question(List<Object> path, String who, String expression, String label) {
        return new Question(text.file(), line(path), object(), who, expression, label);
    }

    private String object() {
        return "dashboard \"" + title() + "\"";
    }

    int line(List<?> path) {
        return text.line(document.line(path));
    }

    Finding finding(Rule rule, List<?> path, String message, Severity severity) {
        return new Finding(text.file(), line(path), object(), rule.name(), message, severity);
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}
