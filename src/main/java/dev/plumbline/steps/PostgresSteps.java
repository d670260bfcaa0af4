package dev.plumbline.steps;

import dev.plumbline.action.CommandInPod;
import dev.plumbline.cluster.CommandResult;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.NotMeasured;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Rows in PostgreSQL, and whether the very same ones are there later. */
public final class PostgresSteps {

    private static final String PSQL = "psql -U postgres -d postgres -v ON_ERROR_STOP=1 -qAt -c ";

    private final Scene scene;
    private final Judge judge;
    private @Nullable String written;

    public PostgresSteps(Scene scene, Judge judge) {
        this.scene = scene;
        this.judge = judge;
    }

    @When("{int} rows are written to table {string} of PostgreSQL pod {string} in namespace {string}")
    @Sentence(
            value = "Makes the table anew, writes rows, and remembers a checksum over all of them.",
            examples = "1000 rows are written to table \"precious\" of PostgreSQL pod \"db-0\" in namespace \"shop\"",
            rights = {"get pods", "get,create pods/exec"})
    public void write(int rows, String table, String pod, String namespace) throws InterruptedException {
        if (rows == 0) {
            throw new NotMeasured("no rows can be lost where none are written: write at least 1");
        }
        String sql = "DROP TABLE IF EXISTS " + table + "; CREATE TABLE " + table + " (id int PRIMARY KEY, body text);"
                + " INSERT INTO " + table + " SELECT g, md5(g::text) FROM generate_series(1, " + rows + ") g";
        judge.now(
                command(pod, namespace, sql),
                new Expectation<CommandResult>("exit status 0", result -> result.exitCode() == 0));
        String[] seen = {""};
        judge.now(content(pod, namespace, table), new Expectation<>(rows + " rows and their checksum", result -> {
            seen[0] = result.out().strip();
            return result.exitCode() == 0 && seen[0].startsWith(rows + " ");
        }));
        written = seen[0];
    }

    @Then(
            "the same {int} rows are in table {string} of PostgreSQL pod {string} in namespace {string} within {duration}")
    @Sentence(
            value = "The table holds exactly the rows that the scenario wrote.",
            examples = "the same 1000 rows are in table \"precious\" of PostgreSQL pod \"db-0\" in namespace \"shop\""
                    + " within 1 minute",
            rights = {"get pods", "get,create pods/exec"})
    public void same(int rows, String table, String pod, String namespace, Duration limit) throws InterruptedException {
        String before = written;
        if (before == null) {
            throw new NotMeasured("no rows were written before this step, so none can be compared");
        }
        judge.eventually(
                limit,
                content(pod, namespace, table),
                new Expectation<CommandResult>(
                        before,
                        result -> result.exitCode() == 0 && result.out().strip().equals(before)));
    }

    private CommandInPod content(String pod, String namespace, String table) {
        return command(
                pod, namespace, "SELECT count(*) || ' ' || md5(string_agg(body, ',' ORDER BY id)) FROM " + table);
    }

    private CommandInPod command(String pod, String namespace, String sql) {
        return new CommandInPod(scene.target(), scene.words(namespace), scene.words(pod), PSQL + "\"" + sql + "\"");
    }
}
