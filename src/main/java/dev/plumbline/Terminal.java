package dev.plumbline;

import java.io.Console;

/** Whether a person sits before this process. */
final class Terminal {

    private Terminal() {}

    /** Since Java 22 there is a console also where the output goes into a file, and it says so itself. */
    static boolean attached() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
