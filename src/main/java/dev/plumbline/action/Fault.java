package dev.plumbline.action;

import java.util.List;

/**
 * Something broken on purpose, to prove that a criterion can turn red.
 *
 * @param name the name in the {@code @fault:} tag, for example {@code flux-object-reconcile-disabled}
 * @param what what is broken, in one sentence
 * @param files changes of what is delivered
 * @param objects changes of what is live
 */
public record Fault(String name, String what, When when, List<FileChange> files, List<ObjectChange> objects) {

    public Fault {
        files = List.copyOf(files);
        objects = List.copyOf(objects);
    }

    /** When it is put in. */
    public enum When {
        /** The manifests are delivered with it. */
        BEFORE_DEPLOYMENT,
        /** After the last Given of a scenario, before its first When or Then. */
        AFTER_GIVEN
    }

    /** It could not be put in, or nothing was different afterwards: the scenario that it is for says nothing then. */
    public static final class NotLanded extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        public NotLanded(String why) {
            super(why);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
