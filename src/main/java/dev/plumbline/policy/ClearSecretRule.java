package dev.plumbline.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Nothing that opens a door is written down: no Secret with values that are not encrypted, no password in a container's
 * environment, no token or private key in any file. Findings never hold the value.
 */
final class ClearSecretRule implements Rule {
    private static final Map<String, Pattern> TOKENS = Map.of(
            "a private key", Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"),
            "a GitHub token", Pattern.compile("\\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})"),
            "a GitLab token", Pattern.compile("\\bglpat-[A-Za-z0-9_-]{20,}"),
            "an AWS access key", Pattern.compile("\\bAKIA[0-9A-Z]{16}\\b"),
            "a Slack token", Pattern.compile("\\bxox[abprs]-[A-Za-z0-9-]{10,}"),
            "a Slack webhook", Pattern.compile("hooks\\.slack\\.com/services/[A-Z0-9]+/[A-Z0-9]+/\\w+"),
            "an age key", Pattern.compile("AGE-SECRET-KEY-1[0-9A-Z]{20,}"),
            "a password in an address", Pattern.compile("\\w://[^/\\s:@$<{]+:[^/\\s:@$<{]{3,}@"));
    private static final Pattern TELLING = Pattern.compile("(?i).*(?:password|passwd|secret|token|api_?key)");

    @Override
    public String name() {
        return "no-secret-in-clear-text";
    }

    @Override
    public String demand() {
        return "No Secret, password, token or private key is in Git unless it is encrypted.";
    }

    @Override
    public List<Finding> check(List<Manifest> manifests) {
        List<Finding> findings = new ArrayList<>();
        for (Manifest manifest : manifests) {
            if (manifest.kind().equals("Secret") && manifest.group().isEmpty()) {
                secret(manifest, findings);
            }
            environment(manifest, List.of(), manifest.object(), findings);
        }
        return findings;
    }

    private void secret(Manifest manifest, List<Finding> findings) {
        boolean encrypted = manifest.object().containsKey("sops");
        for (String field : List.of("data", "stringData")) {
            for (String key : Manifest.map(manifest.object().get(field)).keySet()) {
                if (!encrypted) {
                    findings.add(manifest.finding(
                            this,
                            List.of(field, key),
                            field + "." + key + " is in clear text: encrypt it, or make the Secret on the cluster",
                            Severity.ERROR));
                }
            }
        }
    }

    /** A container's variable whose name says that its value is a secret takes it from a Secret. */
    private void environment(Manifest manifest, List<Object> path, Object value, List<Finding> findings) {
        if (value instanceof Map<?, ?> map) {
            boolean variable = path.size() > 1 && "env".equals(path.get(path.size() - 2));
            if (variable
                    && TELLING.matcher(String.valueOf(map.get("name"))).matches()
                    && map.get("value") instanceof String text
                    && !text.isEmpty()) {
                findings.add(manifest.finding(
                        this,
                        with(path, "value"),
                        SchemaError.text(path) + " " + map.get("name")
                                + " has its value in clear text: take it from a Secret with valueFrom",
                        Severity.ERROR));
            }
            map.forEach((key, each) -> {
                if (each != null) {
                    environment(manifest, with(path, String.valueOf(key)), each, findings);
                }
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                Object each = list.get(i);
                if (each != null) {
                    environment(manifest, with(path, i), each, findings);
                }
            }
        }
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    @Override
    public List<Finding> checkFile(String file, List<String> lines) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int number = i + 1;
            TOKENS.forEach((what, pattern) -> {
                if (pattern.matcher(line).find()) {
                    findings.add(new Finding(file, number, "", name(), what + " in clear text", Severity.ERROR));
                }
            });
        }
        return findings;
    }
}
