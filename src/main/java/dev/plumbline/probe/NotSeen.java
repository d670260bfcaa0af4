package dev.plumbline.probe;

import dev.plumbline.verdict.Observation;

/** Ends a look of several requests at the first one that saw nothing; never leaves the probe. */
final class NotSeen extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Observation<?> why;

    NotSeen(Observation<?> why) {
        super(why.toString());
        this.why = why;
    }

    /** The value of what was seen. */
    static <T> T unlessSeen(Observation<T> observation) throws NotSeen {
        if (observation instanceof Observation.Seen<T> seen) {
            return seen.value();
        }
        throw new NotSeen(observation);
    }

    /** The same observation as one of the whole look. */
    <T> Observation<T> as(String subject) {
        if (why instanceof Observation.Absent<?> absent) {
            return new Observation.Absent<>(absent.what(), subject, why.at());
        }
        if (why instanceof Observation.Blocked<?> blocked) {
            return new Observation.Blocked<>(blocked.why(), subject, why.at());
        }
        String reason = why instanceof Observation.Unreachable<?> unreachable ? unreachable.why() : why.toString();
        return new Observation.Unreachable<>(reason, subject, why.at());
    }
}
