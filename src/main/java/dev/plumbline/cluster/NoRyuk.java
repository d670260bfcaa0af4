package dev.plumbline.cluster;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import org.testcontainers.utility.ResourceReaper;

/**
 * Lets Testcontainers clean up by a shutdown hook and not by its Ryuk helper container, whose image a machine without a
 * registry does not have. Testcontainers takes this setting from the environment only, which a running JVM cannot change.
 */
final class NoRyuk {

    private NoRyuk() {}

    /** @throws TargetUnavailable when this Testcontainers is built differently; says which variable to set */
    static synchronized void apply() {
        if (Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            return;
        }
        try {
            Field instance = ResourceReaper.class.getDeclaredField("instance");
            instance.setAccessible(true);
            if (instance.get(null) == null) {
                Constructor<?> hook = Class.forName("org.testcontainers.utility.JVMHookResourceReaper")
                        .getDeclaredConstructor();
                hook.setAccessible(true);
                instance.set(null, hook.newInstance());
            }
        } catch (ReflectiveOperationException e) {
            throw new TargetUnavailable(
                    "Testcontainers' helper container cannot be left out from here; set the"
                            + " environment variable TESTCONTAINERS_RYUK_DISABLED=true",
                    e);
        }
    }
}
