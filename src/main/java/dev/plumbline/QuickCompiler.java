package dev.plumbline;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Tells the JVM, while it runs, to leave its second compiler out: a run lives for seconds, in which that compiler takes
 * half of all processor time and gives nothing back. A jar cannot say so to the JVM that starts it.
 */
final class QuickCompiler implements Runnable {

    private static final String DIRECTIVE = "[{match: \"*.*\", c2: {Exclude: true}}]";
    private static final String STRINGS = String[].class.getName();

    private QuickCompiler() {}

    /** Whether this JVM has a second compiler; one that was started without says so here. */
    static boolean needed() {
        return !System.getProperty("java.vm.info", "").contains("emulated-client");
    }

    /** Does so beside other work; nothing depends on it, and a JVM that has no such compiler stays as it is. */
    static Thread start() {
        Thread thread = new Thread(new QuickCompiler(), "quick-compiler");
        thread.setDaemon(true);
        try {
            // a signal while the JVM starts ends it here; what this thread has on disk goes first
            Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitEnd(thread)));
            thread.start();
        } catch (IllegalStateException e) {
            // The JVM is ending already.
        }
        return thread;
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            Path file = Files.createTempFile("plumbline", ".json");
            try {
                Files.writeString(file, DIRECTIVE);
                ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
                Object[] arguments = {new String[] {file.toString()}};
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(commands, "compilerDirectivesAdd", arguments, new String[] {STRINGS});
            } finally {
                Files.delete(file);
            }
        } catch (JMException | IOException e) {
            // The run takes a second longer then, that is all.
        }
    }
}
