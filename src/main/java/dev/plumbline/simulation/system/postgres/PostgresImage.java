package dev.plumbline.simulation.system.postgres;

import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.Program;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The official image's contract: an empty data directory is set up from the environment, a filled one is used as it is. */
final class PostgresImage implements ImageModel {

    private static final Pattern NAME = Pattern.compile(
            "(?:docker\\.io/|(?:[^\\s/]+/)*library/|[^\\s/]+[.:][^\\s/]*/)?postgres(?::([^@]*))?(?:@.*)?");
    private static final String SCRIPTS = "/docker-entrypoint-initdb.d";

    @Override
    public boolean runs(String image) {
        return NAME.matcher(image).matches();
    }

    @Override
    public Program start(Start start) throws StartFailure {
        Map<String, String> env = start.env();
        String directory = env.getOrDefault("PGDATA", "/var/lib/postgresql/data");
        DataDirectory data = new DataDirectory(start.files(), directory);
        String user = env.getOrDefault("POSTGRES_USER", "postgres");
        String version = version(start.container().getImage());
        boolean fresh = !data.isSetUp();
        if (fresh
                && env.getOrDefault("POSTGRES_PASSWORD", "").isEmpty()
                && !"trust".equals(env.get("POSTGRES_HOST_AUTH_METHOD"))) {
            throw new StartFailure(
                    1,
                    "Error: Database is uninitialized and superuser password is not specified.\n"
                            + "       You must specify POSTGRES_PASSWORD to a non-empty value for the superuser.\n");
        }
        Server server = new Server(data, version, start.world().clock());
        if (fresh) {
            setUp(server, user, env.getOrDefault("POSTGRES_DB", user), version, start.files());
        }
        server.open();
        return new PostgresProgram(server, start, fresh);
    }

    private static void setUp(Server server, String user, String database, String version, Files files)
            throws StartFailure {
        server.initialize(user, version);
        if (!database.equals("postgres")) {
            server.create(database);
        }
        for (String file : files.list(SCRIPTS)) {
            if (!file.endsWith(".sql")) {
                throw new NotSimulated(file + " (only *.sql is run on an empty data directory)");
            }
            String sql = new String(files.read(file).orElse(new byte[0]), StandardCharsets.UTF_8);
            try {
                server.database(database).orElseThrow().run(sql);
                server.save(database);
            } catch (SqlFailure e) {
                throw new StartFailure(3, "psql:" + file + ": " + e.getMessage() + "\n");
            }
        }
    }

    private static String version(String image) {
        Matcher name = NAME.matcher(image);
        String tag = name.matches() && name.group(1) != null ? name.group(1) : "17";
        Matcher number = Pattern.compile("^\\d+(?:\\.\\d+)?").matcher(tag);
        return number.find() ? number.group() : "17";
    }
}
