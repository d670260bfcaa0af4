package dev.plumbline.simulation.system.postgres;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements about whole databases. */
final class Databases {

    private static final Pattern STATEMENT = Pattern.compile(
            "(?is)(create|drop)\\s+database\\s+(if\\s+exists\\s+)?\"?(\\w+)\"?(?:\\s+(?:with\\b|owner\\b|encoding\\b).*)?");

    private Databases() {}

    static Optional<Outcome> run(Server server, String sql) throws SqlFailure {
        Matcher statement = STATEMENT.matcher(sql);
        if (!statement.matches()) {
            return Optional.empty();
        }
        String name = statement.group(3);
        if (statement.group(1).equalsIgnoreCase("create")) {
            if (!server.create(name)) {
                throw new SqlFailure("ERROR:  database \"" + name + "\" already exists");
            }
            return Optional.of(Outcome.tag("CREATE DATABASE", false));
        }
        if (!server.drop(name) && statement.group(2) == null) {
            throw new SqlFailure("ERROR:  database \"" + name + "\" does not exist");
        }
        return Optional.of(Outcome.tag("DROP DATABASE", false));
    }
}
