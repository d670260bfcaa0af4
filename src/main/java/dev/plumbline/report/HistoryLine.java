package dev.plumbline.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.Verdict;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one run said of one criterion.
 *
 * @param started when the run started, ISO-8601
 * @param name of the main measured value; null together with value and unit when nothing was measured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HistoryLine(
        String target,
        String id,
        Verdict verdict,
        String started,
        @Nullable String name,
        @Nullable Double value,
        @Nullable String unit) {

    static HistoryLine of(RunRecord run, CriterionResult result) {
        Optional<Measurement> main = Headline.of(result);
        return new HistoryLine(
                run.target(),
                result.criterion().id(),
                result.verdict(),
                run.started().toString(),
                main.map(Measurement::name).orElse(null),
                main.map(Measurement::value).orElse(null),
                main.map(Measurement::unit).orElse(null));
    }

    Instant at() {
        return Instant.parse(started);
    }
}
