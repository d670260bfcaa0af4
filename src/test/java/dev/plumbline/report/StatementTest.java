package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementTest {

    private final Schema schema = schema();

    @Test
    void manyRecordsFollowTheSchema() {
        for (long seed = 0; seed < 200; seed++) {
            assertFollows(Statement.of(SampleRecords.seeded(seed)).json());
        }
        assertFollows(Statement.of(SampleRecords.eachVerdict()).json());
    }

    @Test
    void theSchemaRefusesAnUnknownVerdictAndAMissingField() {
        String good = Statement.of(SampleRecords.eachVerdict()).json();

        assertThat(schema.validate(good.replace("\"PASS\"", "\"GREEN\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate(good.replace("\"exitCode\"", "\"exitcode\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void fieldsHaveTheirNamesAndOrder() throws IOException {
        JsonNode statement = read(SampleRecords.eachVerdict());

        assertThat(statement.fieldNames())
                .toIterable()
                .containsExactly(
                        "schema",
                        "target",
                        "simulated",
                        "delivery",
                        "started",
                        "finished",
                        "exitCode",
                        "conformance",
                        "documents",
                        "criteria",
                        "totals",
                        "remarks");
        assertThat(statement.at("/criteria/0").fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "document",
                        "rule",
                        "tier",
                        "pending",
                        "verdict",
                        "reason",
                        "waiver",
                        "measurements",
                        "scenarios",
                        "fault");
        assertThat(statement.at("/criteria/0/measurements/0").fieldNames())
                .toIterable()
                .containsExactly("name", "value", "unit", "limit", "clock");
        assertThat(statement.at("/criteria/0/scenarios/0").fieldNames())
                .toIterable()
                .containsExactly("name", "location", "verdict", "seconds", "attempts");
        assertThat(statement.at("/criteria/0/fault").fieldNames())
                .toIterable()
                .containsExactly("name", "killed", "proven", "target");
    }

    @Test
    void aFaultThatWasTriedSaysWhetherItWasSeen() throws IOException {
        CriterionResult passed = SampleRecords.criterion("A-1", "gitops-plan", Verdict.PASS);
        CriterionResult proven = new CriterionResult(
                passed.criterion(),
                passed.verdict(),
                passed.reason(),
                passed.waiver(),
                passed.scenarios(),
                Optional.of(new FaultProof(
                        "broken", Optional.of(true), Optional.of(Instant.EPOCH), Optional.of("simulated"))));
        JsonNode statement = read(SampleRecords.run(true, List.of(proven), List.of(), Optional.empty()));

        assertThat(statement.at("/criteria/0/fault/killed").booleanValue()).isTrue();
        assertThat(statement.at("/criteria/0/fault/proven").textValue()).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void aNumberThatJsonCannotSayIsNull() throws IOException {
        JsonNode limit = new ObjectMapper()
                .readTree(new ObjectMapper()
                        .writeValueAsString(Statement.measurement(new Measurement(
                                "ratio", Double.NaN, "percent", new Measurement.Limit(">=", 90), "wall"))));

        assertThat(limit.path("value").isNull()).isTrue();
        assertThat(limit.at("/limit/value").doubleValue()).isEqualTo(90);
    }

    @Test
    void totalsCountEveryVerdict() throws IOException {
        JsonNode totals =
                read(SampleRecords.of(Verdict.PASS, Verdict.PASS, Verdict.FAIL)).path("totals");

        assertThat(totals.path("criteria").intValue()).isEqualTo(3);
        assertThat(totals.path("PASS").intValue()).isEqualTo(2);
        assertThat(totals.path("FAIL").intValue()).isEqualTo(1);
        assertThat(totals.path("PENDING").intValue()).isZero();
    }

    private void assertFollows(String json) {
        assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
    }

    private static JsonNode read(RunRecord run) throws IOException {
        return new ObjectMapper().readTree(Statement.of(run).json());
    }

    private static Schema schema() {
        try (InputStream in = Objects.requireNonNull(Statement.class.getResourceAsStream("statement.schema.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
