package dev.plumbline.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.plumbline.criterion.Waiver;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.Verdict;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code statement.json}: the verdicts for scripts. Names and order of its fields are a contract, described by
 * {@code statement.schema.json} beside this class; fields may be added, none changes its meaning within one schema
 * number.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Statement(
        int schema,
        String target,
        boolean simulated,
        String delivery,
        String started,
        String finished,
        int exitCode,
        String conformance,
        List<String> documents,
        List<CriterionPart> criteria,
        Map<String, Integer> totals,
        List<String> remarks) {

    private static final int SCHEMA = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    record CriterionPart(
            String id,
            String document,
            String rule,
            String tier,
            boolean pending,
            Verdict verdict,
            String reason,
            @Nullable WaiverPart waiver,
            List<MeasurementPart> measurements,
            List<ScenarioPart> scenarios,
            @Nullable FaultPart fault) {}

    record WaiverPart(String reason, String owner, String expires) {}

    record MeasurementPart(
            String name,
            @Nullable Double value,
            String unit,
            @Nullable LimitPart limit,
            String clock) {}

    record LimitPart(String op, @Nullable Double value) {}

    record ScenarioPart(String name, String location, Verdict verdict, double seconds, int attempts) {}

    record FaultPart(
            String name,
            @Nullable Boolean killed,
            @Nullable String proven,
            @Nullable String target) {}

    /** The statement of a run. */
    public static Statement of(RunRecord run) {
        return new Statement(
                SCHEMA,
                run.target(),
                run.simulated(),
                run.delivery(),
                run.started().toString(),
                run.finished().toString(),
                run.exitCode(),
                run.conformance().word(),
                run.documents(),
                run.criteria().stream().map(Statement::criterion).toList(),
                totals(run),
                run.remarks());
    }

    /** The statement as indented JSON. */
    public String json() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("statement.json cannot be written as JSON", e);
        }
    }

    private static CriterionPart criterion(CriterionResult result) {
        var criterion = result.criterion();
        return new CriterionPart(
                criterion.id(),
                criterion.document(),
                criterion.text(),
                criterion.tier().word(),
                criterion.pending(),
                result.verdict(),
                result.reason(),
                orNull(result.waiver().map(Statement::waiver)),
                result.measurements().stream().map(Statement::measurement).toList(),
                result.scenarios().stream().map(Statement::scenario).toList(),
                orNull(result.fault().map(Statement::fault)));
    }

    private static WaiverPart waiver(Waiver waiver) {
        return new WaiverPart(waiver.reason(), waiver.owner(), waiver.expires().toString());
    }

    static MeasurementPart measurement(Measurement measurement) {
        Measurement.Limit limit = measurement.limit();
        return new MeasurementPart(
                measurement.name(),
                finite(measurement.value()),
                measurement.unit(),
                limit == null ? null : new LimitPart(limit.op(), finite(limit.value())),
                measurement.clock());
    }

    private static ScenarioPart scenario(ScenarioResult scenario) {
        double seconds = BigDecimal.valueOf(scenario.took().toNanos(), 9)
                .setScale(3, RoundingMode.HALF_UP)
                .doubleValue();
        return new ScenarioPart(
                scenario.example().name(),
                scenario.example().location().toString(),
                scenario.verdict(),
                seconds,
                scenario.attempts().size());
    }

    private static FaultPart fault(FaultProof fault) {
        return new FaultPart(
                fault.name(),
                orNull(fault.killed()),
                orNull(fault.proven().map(Instant::toString)),
                orNull(fault.target()));
    }

    private static Map<String, Integer> totals(RunRecord run) {
        Map<String, Integer> totals = new LinkedHashMap<>();
        totals.put("criteria", run.criteria().size());
        totals.put(
                "scenarios",
                run.criteria().stream()
                        .mapToInt(result -> result.scenarios().size())
                        .sum());
        totals.put("leftovers", run.leftovers().size());
        run.counts().forEach((verdict, count) -> totals.put(verdict.name(), count));
        return totals;
    }

    /** JSON has no word for infinity. */
    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }
}
