package dev.plumbline.simulation.system.grafana;

import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.Program.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Who may do what. */
final class Access {

    private final Map<String, String> env;
    private final String user;
    private final String password;

    Access(Map<String, String> env, Files files) {
        this.env = env;
        this.user = secret(files, "GF_SECURITY_ADMIN_USER");
        this.password = secret(files, "GF_SECURITY_ADMIN_PASSWORD");
    }

    private String secret(Files files, String name) {
        String file = env.getOrDefault(name + "__FILE", "");
        return file.isEmpty()
                ? env.getOrDefault(name, "admin")
                : files.read(file)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                        .orElse("admin");
    }

    /** The role of a caller. */
    enum Role {
        ADMIN,
        EDITOR,
        VIEWER,
        NOBODY,
        WRONG_PASSWORD
    }

    private boolean on(String name) {
        return env.getOrDefault(name, "false").equalsIgnoreCase("true");
    }

    Role of(Request request) {
        String header = request.headers().getOrDefault("authorization", "");
        if (header.startsWith("Basic ")) {
            String expected = user + ":" + password;
            String given =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            boolean there = !on("GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION");
            return there && given.equals(expected) ? Role.ADMIN : Role.WRONG_PASSWORD;
        }
        if (!on("GF_AUTH_ANONYMOUS_ENABLED")) {
            return Role.NOBODY;
        }
        return switch (env.getOrDefault("GF_AUTH_ANONYMOUS_ORG_ROLE", "Viewer")) {
            case "Admin" -> Role.ADMIN;
            case "Editor" -> Role.EDITOR;
            default -> Role.VIEWER;
        };
    }
}
