package dev.plumbline.steps;

/**
 * Carries the session to the step classes. Cucumber makes those by reflection and offers no way in but static state; the
 * context class loader of the launching thread, which JUnit hands to all its workers, is the one that is not global.
 */
public final class Handover extends ClassLoader {

    private final Session session;

    public Handover(ClassLoader parent, Session session) {
        super(parent);
        this.session = session;
    }

    /** The session of the run that the calling thread works for. */
    public static Session session() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader instanceof Handover handover) {
            return handover.session;
        }
        throw new IllegalStateException("the steps run outside a Plumbline run: start them with `plumbline verify`");
    }
}
