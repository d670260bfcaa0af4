package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.system.prometheus.promql.Expansion;
import dev.plumbline.simulation.system.prometheus.promql.Labels;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One relabelling rule; the defaults are those of Prometheus. */
record Relabel(
        List<String> sources,
        String separator,
        Pattern pattern,
        String target,
        String replacement,
        String action,
        long modulus) {

    static final List<String> ACTIONS = List.of(
            "replace",
            "keep",
            "drop",
            "labelmap",
            "labeldrop",
            "labelkeep",
            "lowercase",
            "uppercase",
            "keepequal",
            "dropequal",
            "hashmod");

    /** All rules in order; empty when one of them drops the target or sample. */
    static Optional<Labels> all(List<Relabel> rules, Labels labels) {
        Optional<Labels> result = Optional.of(labels);
        for (Relabel rule : rules) {
            result = result.flatMap(rule::apply);
        }
        return result;
    }

    private Optional<Labels> apply(Labels labels) {
        String value = sources.stream().map(labels::get).collect(Collectors.joining(separator));
        Matcher matcher = pattern.matcher(value);
        return switch (action) {
            case "keep" -> Optional.of(labels).filter(any -> matcher.matches());
            case "drop" -> Optional.of(labels).filter(any -> !matcher.matches());
            case "keepequal" ->
                Optional.of(labels).filter(any -> labels.get(target).equals(value));
            case "dropequal" ->
                Optional.of(labels).filter(any -> !labels.get(target).equals(value));
            case "labelmap" -> Optional.of(mapped(labels));
            case "labeldrop" -> Optional.of(labels.without(names(labels, true)));
            case "labelkeep" -> Optional.of(labels.without(names(labels, false)));
            case "lowercase" -> Optional.of(labels.with(target, value.toLowerCase(Locale.ROOT)));
            case "uppercase" -> Optional.of(labels.with(target, value.toUpperCase(Locale.ROOT)));
            case "hashmod" -> Optional.of(labels.with(target, hash(value)));
            default -> Optional.of(matcher.matches() ? replaced(labels, matcher) : labels);
        };
    }

    private Labels replaced(Labels labels, Matcher matcher) {
        return labels.with(Expansion.of(target, matcher), Expansion.of(replacement, matcher));
    }

    private Labels mapped(Labels labels) {
        Map<String, String> changed = new HashMap<>(labels.asMap());
        labels.asMap().forEach((name, value) -> {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                changed.put(Expansion.of(replacement, matcher), value);
            }
        });
        return Labels.of(changed);
    }

    private List<String> names(Labels labels, boolean matching) {
        List<String> names = new ArrayList<>(labels.asMap().keySet());
        names.removeIf(name -> pattern.matcher(name).matches() != matching);
        return names;
    }

    private String hash(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8));
            byte[] last = java.util.Arrays.copyOfRange(digest, 8, 16);
            return new BigInteger(1, last).mod(BigInteger.valueOf(modulus)).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }
}
