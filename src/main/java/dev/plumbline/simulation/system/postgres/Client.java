package dev.plumbline.simulation.system.postgres;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.NotSimulated;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** psql, pg_isready and pg_dump as they are run beside the server. */
final class Client {

    static final List<String> PROGRAMS = List.of("psql", "pg_isready", "pg_dump");

    private final Server server;
    private final Files files;

    Client(Server server, Files files) {
        this.server = server;
        this.files = files;
    }

    /** @throws NotSimulated for an option that is not known here */
    CommandResult run(String program, List<String> arguments, Map<String, String> env, Supplier<String> input) {
        PsqlOptions options = new PsqlOptions(arguments, env);
        String host = options.get('h');
        if (!host.isEmpty()
                && !host.startsWith("/")
                && !List.of("localhost", "127.0.0.1", "::1").contains(host)) {
            throw new NotSimulated(program + " of a server on another host (" + host + ")");
        }
        if (program.equals("pg_isready")) {
            String where = host.isEmpty() ? "/var/run/postgresql" : host;
            return new CommandResult(0, options.has('q') ? "" : where + ":5432 - accepting connections\n", "");
        }
        Optional<CommandResult> refused = refused(program, options);
        if (refused.isPresent()) {
            return refused.get();
        }
        Database database = server.database(options.get('d')).orElseThrow();
        return program.equals("pg_dump") ? dump(database, options) : psql(database, options, input);
    }

    private Optional<CommandResult> refused(String program, PsqlOptions options) {
        String user = options.get('U');
        String why = !server.hasRole(user)
                ? "role \"" + user + "\" does not exist"
                : server.database(options.get('d')).isEmpty()
                        ? "database \"" + options.get('d') + "\" does not exist"
                        : "";
        if (why.isEmpty()) {
            return Optional.empty();
        }
        String text = program + ": error: connection to server " + options.address() + " failed: FATAL:  " + why + "\n";
        return Optional.of(new CommandResult(program.equals("psql") ? 2 : 1, "", text));
    }

    private CommandResult dump(Database database, PsqlOptions options) {
        String text = "--\n-- PostgreSQL database dump\n--\n\n" + database.script();
        if (options.has('f')) {
            files.write(options.get('f'), text.getBytes(StandardCharsets.UTF_8));
            return new CommandResult(0, "", "");
        }
        return new CommandResult(0, text, "");
    }

    private CommandResult psql(Database database, PsqlOptions options, Supplier<String> input) {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        int exit = 0;
        Layout layout = new Layout(options);
        boolean stop =
                options.get('v').equals("ON_ERROR_STOP=1") || options.get('v').equals("ON_ERROR_STOP=on");
        for (String script : scripts(options, input)) {
            boolean isCommand = !options.commands().isEmpty();
            for (String statement : Dialect.split(script)) {
                try {
                    out.append(layout.text(execute(database, options.get('d'), statement)));
                } catch (SqlFailure e) {
                    err.append(e.getMessage()).append('\n');
                    exit = isCommand ? 1 : stop ? 3 : exit;
                    if (isCommand || stop) {
                        return new CommandResult(exit, out.toString(), err.toString());
                    }
                }
            }
        }
        return new CommandResult(exit, out.toString(), err.toString());
    }

    private List<String> scripts(PsqlOptions options, Supplier<String> input) {
        if (!options.commands().isEmpty()) {
            return options.commands();
        }
        if (options.has('f') && !options.get('f').equals("-")) {
            return List.of(new String(files.read(options.get('f')).orElse(new byte[0]), StandardCharsets.UTF_8));
        }
        return List.of(input.get());
    }

    private Outcome execute(Database database, String name, String statement) throws SqlFailure {
        Optional<Outcome> whole = Databases.run(server, statement);
        if (whole.isPresent()) {
            return whole.get();
        }
        Outcome outcome = database.runOne(statement);
        if (outcome.wrote()) {
            server.save(name);
        }
        return outcome;
    }
}
