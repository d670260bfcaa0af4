package dev.plumbline.simulation.system.postgres;

import dev.plumbline.timing.Clock;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.tools.RunScript;

/** One database in the engine's memory. */
final class Database implements AutoCloseable {

    private static final String ENGINE =
            "jdbc:h2:mem:;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

    private final String name;
    private final Connection connection;
    private final Dialect dialect;

    private Database(String name, Connection connection, Dialect dialect) {
        this.name = name;
        this.connection = connection;
        this.dialect = dialect;
    }

    static Database open(String name, String script, String version, Clock clock) {
        try {
            Connection connection = DriverManager.getConnection(ENGINE);
            try (Statement statement = connection.createStatement()) {
                for (String alias : Functions.aliases()) {
                    statement.execute(alias);
                }
            }
            RunScript.execute(connection, new StringReader(script));
            return new Database(name, connection, new Dialect(name, version, clock));
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "cannot open database " + name + " from its data directory: " + e.getMessage(), e);
        }
    }

    /** Runs statements one after another until one fails; what ran before stays, as in separate transactions. */
    List<Outcome> run(String sql) throws SqlFailure {
        List<Outcome> outcomes = new ArrayList<>();
        for (String statement : Dialect.split(sql)) {
            outcomes.add(runOne(statement));
        }
        return outcomes;
    }

    Outcome runOne(String sql) throws SqlFailure {
        Optional<Outcome> without = dialect.withoutEngine(sql);
        if (without.isPresent()) {
            return without.get();
        }
        try (Statement statement = connection.createStatement()) {
            boolean hasRows = statement.execute(dialect.translate(sql));
            boolean wrote = Dialect.writes(sql);
            if (hasRows) {
                try (ResultSet rows = statement.getResultSet()) {
                    return rows(rows, wrote, sql);
                }
            }
            return Outcome.tag(Dialect.tag(sql, statement.getUpdateCount()), wrote);
        } catch (SQLException e) {
            throw new SqlFailure(Dialect.error(e));
        }
    }

    private static Outcome rows(ResultSet rows, boolean wrote, String sql) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            String label = meta.getColumnLabel(i);
            columns.add(label.matches("\\w+") ? label : "?column?");
        }
        List<List<String>> all = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(Cells.text(rows, i, meta.getColumnType(i)));
            }
            all.add(row);
        }
        return new Outcome(Optional.of(columns), all, Dialect.tag(sql, all.size()), wrote);
    }

    /** The statements that make this database again. */
    String script() {
        StringBuilder script = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("SCRIPT SIMPLE")) {
            while (lines.next()) {
                String line = lines.getString(1);
                if (!line.startsWith("CREATE USER")
                        && !line.startsWith("CREATE FORCE ALIAS")
                        && !line.startsWith("--")) {
                    script.append(line).append('\n');
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot write down database " + name + ": " + e.getMessage(), e);
        }
        return script.toString();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close database " + name, e);
        }
    }
}
