package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.World;
import dev.plumbline.timing.VirtualClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a running script has: variables, a directory, files, and whether it may wait. */
final class Context {

    private final Shell shell;
    private final Map<String, String> variables;
    private final boolean patient;
    private String directory = "/";
    private int last;

    /** @param patient whether it runs in virtual time and may sleep */
    Context(Shell shell, Map<String, String> variables, boolean patient) {
        this.shell = shell;
        this.variables = new LinkedHashMap<>(variables);
        this.patient = patient;
    }

    /** A subshell: it sees everything and changes nothing here; it may not wait. */
    Context child() {
        Context child = new Context(shell, variables, false);
        child.directory = directory;
        child.last = last;
        return child;
    }

    Shell shell() {
        return shell;
    }

    Map<String, String> variables() {
        return variables;
    }

    Files files() {
        return shell.files();
    }

    World world() {
        return shell.world();
    }

    boolean patient() {
        return patient;
    }

    int last() {
        return last;
    }

    void last(int code) {
        last = code;
    }

    String directory() {
        return directory;
    }

    void directory(String path) {
        directory = path;
    }

    boolean isDirectory(String path) {
        return path.equals("/") || files().read(path).isEmpty() && files().directory(path);
    }

    String path(String given) {
        String joined = given.startsWith("/") ? given : directory + "/" + given;
        return joined.replaceAll("/+", "/");
    }

    VirtualClock.Scheduled after(Duration delay, Runnable work) {
        return shell.world().clock().after(delay, work);
    }
}
