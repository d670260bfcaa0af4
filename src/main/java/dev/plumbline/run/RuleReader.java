package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.SourceLine;
import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.ParseError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads criteria from feature files: each {@code Rule} is one. */
public final class RuleReader {

    /**
     * Reads all rules of the feature files below the given places.
     *
     * @throws BadInput naming every problem with its file and line
     * @throws NothingSelected when there is no rule
     */
    public List<Criterion> read(List<Path> places) {
        List<String> problems = new ArrayList<>();
        List<Criterion> criteria = new ArrayList<>();
        for (Path file : FeatureFiles.under(places)) {
            criteria.addAll(readFile(file, problems));
        }
        problems.addAll(doubles(criteria));
        if (!problems.isEmpty()) {
            throw new BadInput(problems);
        }
        if (criteria.isEmpty()) {
            throw new NothingSelected("the feature files hold no Rule: nothing was measured");
        }
        return criteria;
    }

    private static List<Criterion> readFile(Path file, List<String> problems) {
        List<Envelope> envelopes = parse(file);
        List<String> errors = envelopes.stream()
                .flatMap(envelope -> envelope.getParseError().stream())
                .map(error -> syntax(file, error))
                .toList();
        problems.addAll(errors);
        if (!errors.isEmpty()) {
            return List.of();
        }
        FeatureFile feature = new FeatureFile(file.toString(), envelopes);
        problems.addAll(feature.problems());
        return feature.criteria();
    }

    private static List<Envelope> parse(Path file) {
        try {
            return GherkinParser.builder()
                    .includeSource(false)
                    .build()
                    .parse(file)
                    .toList();
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage());
        }
    }

    private static String syntax(Path file, ParseError error) {
        var where = error.getSource().getLocation();
        long line = where.map(location -> location.getLine()).orElse(1L);
        String message = error.getMessage().replaceFirst("^\\(\\d+:\\d+\\): ", "");
        return file + ":" + line + ": not Gherkin: " + message;
    }

    private static List<String> doubles(List<Criterion> criteria) {
        Map<String, SourceLine> first = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Criterion criterion : criteria) {
            SourceLine other = first.putIfAbsent(criterion.id(), criterion.location());
            if (other != null) {
                problems.add(criterion.location() + ": the id " + criterion.id() + " is taken by the rule at " + other
                        + "; an id is used once");
            }
        }
        return problems;
    }
}
