package dev.plumbline.simulation.system.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.system.FakeFiles;
import dev.plumbline.simulation.system.FakeWorld;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresSystemTest {

    private static final String SEED =
            "psql -U app -d shop -c \"CREATE TABLE t(id int primary key, body text); INSERT INTO t SELECT g, md5(g::text) FROM generate_series(1,1000) g;\"";
    private static final String SUM =
            "psql -U app -d shop -tAc \"SELECT count(*) || ' ' || md5(string_agg(body, ',' ORDER BY id)) FROM t\"";

    private final FakeFiles files = new FakeFiles();
    private final ImageModel image = new PostgresSystem().images().get(0);

    private Program start() throws ImageModel.StartFailure {
        return start(Map.of("POSTGRES_USER", "app", "POSTGRES_PASSWORD", "secret", "POSTGRES_DB", "shop"));
    }

    private Program start(Map<String, String> env) throws ImageModel.StartFailure {
        return image.start(new ImageModel.Start(
                new PodBuilder()
                        .withNewMetadata()
                        .withName("pg")
                        .withNamespace("db")
                        .endMetadata()
                        .build(),
                new ContainerBuilder().withImage("postgres:17").build(),
                env,
                files,
                new FakeWorld()));
    }

    @Test
    void keepsRowsOverARestartOfItsContainer() throws Exception {
        String sum;
        try (Program first = start()) {
            assertThat(first.run(SEED)).isEqualTo(new CommandResult(0, "CREATE TABLE\nINSERT 0 1000\n", ""));
            sum = first.run(SUM).out();
            assertThat(sum).matches("1000 [0-9a-f]{32}\n");
        }
        try (Program second = start()) {
            assertThat(second.run(SUM).out()).isEqualTo(sum);
        }
    }

    @Test
    void losesRowsWithItsDataDirectory() throws Exception {
        try (Program first = start()) {
            first.run(SEED);
        }
        files.delete("/var/lib/postgresql/data");
        try (Program second = start()) {
            CommandResult result = second.run(SUM);
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).startsWith("ERROR:  relation \"t\" does not exist");
        }
    }

    @Test
    void runsScriptsOnlyOnAnEmptyDataDirectory() throws Exception {
        files.write(
                "/docker-entrypoint-initdb.d/seed.sql",
                "CREATE TABLE s(v text); INSERT INTO s VALUES ('a;b');".getBytes(StandardCharsets.UTF_8));
        try (Program first = start()) {
            first.run("psql -U app shop -c \"INSERT INTO s VALUES ('c')\"");
        }
        try (Program second = start()) {
            assertThat(second.run("psql -U app shop -At -c 'SELECT v FROM s ORDER BY v'")
                            .out())
                    .isEqualTo("a;b\nc\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "psql -U app -d shop -At -c \"select 1, true, null, 'x'\";1|t||x",
                "PGPASSWORD=secret psql -h localhost --username=app --dbname=shop --tuples-only --no-align --command 'select 2+2';4",
                "psql -U \"$POSTGRES_USER\" -d ${POSTGRES_DB} -tAc 'select current_database()';shop",
                "psql -U app -d shop -tA -F , -c 'select 1, 2';1,2",
                "psql -U app -d shop -tAc \"select string_agg(g::text, ' ' order by g desc) from generate_series(1,3) as g\";3 2 1",
                "psql -U app -d shop -tAc \"show server_version\";17",
                "psql -U app -d shop -tAc \"select now()\";2026-01-01 00:00:00+00",
                "psql -U app -d shop -tAc 'select 5' | tr 5 6;6",
                "echo 'select 8' | psql -U app -d shop -tA;8",
                "pg_isready -q && echo up;up",
                "pg_isready -U app;/var/run/postgresql:5432 - accepting connections"
            })
    void printsAsPsqlDoes(String command, String expected) throws Exception {
        try (Program program = start()) {
            CommandResult result = program.run(command);
            assertThat(result.err()).isEmpty();
            assertThat(result.out().strip()).isEqualTo(expected);
        }
    }

    @Test
    void printsATableWhereNothingElseIsAsked() throws Exception {
        try (Program program = start()) {
            assertThat(program.run("psql -U app shop -c \"select 7 as id, 'seven' as name\"")
                            .out())
                    .isEqualTo(" id | name\n----+-------\n  7 | seven\n(1 row)\n\n");
        }
    }

    @Test
    void refusesAnUnknownDatabaseAndSaysSo() throws Exception {
        try (Program program = start()) {
            CommandResult result = program.run("psql -U app -d nope -c 'select 1'");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("FATAL:  database \"nope\" does not exist");
        }
    }

    @Test
    void doesNotStartWithoutAPassword() {
        assertThatThrownBy(() -> start(Map.of()))
                .isInstanceOf(ImageModel.StartFailure.class)
                .hasMessageContaining("superuser password is not specified");
    }

    @Test
    void saysWhatIsNotSimulated() throws Exception {
        try (Program program = start()) {
            assertThatThrownBy(() -> program.run("pgbench -i shop"))
                    .isInstanceOf(Target.CommandNotRun.class)
                    .hasMessageStartingWith("not simulated: ");
        }
    }
}
