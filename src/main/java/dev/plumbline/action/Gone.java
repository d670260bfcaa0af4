package dev.plumbline.action;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.util.List;
import java.util.Optional;

/**
 * Whether this very object is gone or replaced by another of its name.
 *
 * @param going whether one that is under deletion counts as gone
 */
record Gone(Target target, ObjectRef ref, String uid, boolean going) implements Probe<Boolean> {

    @Override
    public String subject() {
        return ref.toString();
    }

    @Override
    public List<About> about() {
        return List.of(ref.about());
    }

    @Override
    public Observation<Boolean> look() {
        var seen = target.feeds().get(ref);
        return seen instanceof Observation.Absent
                ? new Observation.Seen<>(true, ref.toString(), seen.at())
                : seen.map(object -> !uid.equals(object.getMetadata().getUid())
                        || (going && object.getMetadata().getDeletionTimestamp() != null));
    }

    @Override
    public Optional<Subscription> onChange(Runnable changed) {
        return Optional.of(target.feeds().onChange(ref.kind(), changed));
    }
}
