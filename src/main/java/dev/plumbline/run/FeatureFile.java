package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.criterion.SourceLine;
import dev.plumbline.criterion.Tier;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Examples;
import io.cucumber.messages.types.Feature;
import io.cucumber.messages.types.FeatureChild;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.PickleStepType;
import io.cucumber.messages.types.PickleTag;
import io.cucumber.messages.types.Rule;
import io.cucumber.messages.types.RuleChild;
import io.cucumber.messages.types.Scenario;
import io.cucumber.messages.types.TableRow;
import io.cucumber.messages.types.Tag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules of one parsed feature file, and what is wrong with it. */
final class FeatureFile {

    private final String file;
    private final List<Criterion> criteria = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<Pickle> pickles;

    FeatureFile(String file, List<Envelope> envelopes) {
        this.file = file;
        this.pickles = envelopes.stream()
                .flatMap(envelope -> envelope.getPickle().stream())
                .toList();
        envelopes.stream()
                .flatMap(envelope -> envelope.getGherkinDocument().stream())
                .flatMap(document -> document.getFeature().stream())
                .forEach(this::read);
    }

    List<Criterion> criteria() {
        return criteria;
    }

    List<String> problems() {
        return problems;
    }

    private void read(Feature feature) {
        check(feature.getTags());
        for (FeatureChild child : feature.getChildren()) {
            child.getScenario()
                    .ifPresent(
                            scenario -> problems.add(at(scenario.getLocation().getLine())
                                    + ": the scenario \"" + scenario.getName()
                                    + "\" stands outside a Rule, so it proves no criterion:"
                                    + " put it under one"));
            child.getRule().ifPresent(rule -> criteria.add(criterion(feature, rule)));
        }
    }

    private Criterion criterion(Feature feature, Rule rule) {
        check(rule.getTags());
        Set<String> tags = new LinkedHashSet<>();
        feature.getTags().forEach(tag -> tags.add(tag.getName()));
        rule.getTags().forEach(tag -> tags.add(tag.getName()));
        return new Criterion(
                value(tags, "@criterion:").orElseGet(() -> idFrom(rule.getName())),
                value(tags, "@document:").orElseGet(this::folder),
                rule.getName(),
                tier(tags),
                tags.contains("@pending"),
                at(rule.getLocation().getLine()),
                tags,
                examples(rule));
    }

    /** Scenarios by the id that a pickle names last: the example's row, else the scenario itself. */
    private List<Example> examples(Rule rule) {
        Map<String, Long> lines = new HashMap<>();
        for (RuleChild child : rule.getChildren()) {
            child.getScenario().ifPresent(scenario -> note(scenario, lines));
        }
        return pickles.stream()
                .flatMap(pickle -> java.util.stream.Stream.ofNullable(lines.get(last(pickle.getAstNodeIds())))
                        .map(line -> example(pickle, line)))
                .toList();
    }

    private void note(Scenario scenario, Map<String, Long> lines) {
        check(scenario.getTags());
        lines.put(scenario.getId(), scenario.getLocation().getLine());
        for (Examples examples : scenario.getExamples()) {
            check(examples.getTags());
            for (TableRow row : examples.getTableBody()) {
                lines.put(row.getId(), row.getLocation().getLine());
            }
        }
    }

    private Example example(Pickle pickle, long line) {
        if (pickle.getSteps().isEmpty()) {
            problems.add(at(line) + ": the scenario \"" + pickle.getName() + "\" has no steps, so it proves nothing");
        }
        return new Example(
                pickle.getName(),
                at(line),
                pickle.getTags().stream().map(PickleTag::getName).collect(Collectors.toSet()),
                pickle.getSteps().stream().map(PickleStep::getText).toList(),
                (int) pickle.getSteps().stream()
                        .takeWhile(FeatureFile::prepares)
                        .count());
    }

    private static boolean prepares(PickleStep step) {
        PickleStepType type = step.getType().orElse(PickleStepType.UNKNOWN);
        return type != PickleStepType.ACTION && type != PickleStepType.OUTCOME;
    }

    private void check(List<Tag> tags) {
        for (Tag tag : tags) {
            OwnTags.problem(tag.getName(), at(tag.getLocation().getLine())).ifPresent(problems::add);
        }
    }

    private SourceLine at(long line) {
        return new SourceLine(file, (int) line);
    }

    private String idFrom(String text) {
        String stem = Path.of(file).getFileName().toString().replaceFirst("\\.feature$", "");
        return (stem + "-" + text)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    private String folder() {
        Path parent = Path.of(file).toAbsolutePath().normalize().getParent();
        return parent == null || parent.getFileName() == null
                ? "features"
                : parent.getFileName().toString();
    }

    private static Optional<String> value(Set<String> tags, String prefix) {
        return tags.stream()
                .filter(tag -> tag.startsWith(prefix))
                .map(tag -> tag.substring(prefix.length()))
                .reduce((outer, inner) -> inner);
    }

    private static Tier tier(Set<String> tags) {
        if (tags.contains("@homelab")) {
            return Tier.HOMELAB;
        }
        return tags.contains("@extended") ? Tier.EXTENDED : Tier.CORE;
    }

    private static String last(List<String> ids) {
        return ids.get(ids.size() - 1);
    }
}
