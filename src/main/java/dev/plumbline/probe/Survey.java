package dev.plumbline.probe;

import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at many objects at once and tells which of them are not as they should be; over none, it has seen nothing. */
public final class Survey implements Probe<Survey.Tally> {

    private final Target target;
    private final String subject;
    private final List<String> kinds;
    private final Question question;

    Survey(Target target, String subject, List<String> kinds, Question question) {
        this.target = target;
        this.subject = subject;
        this.kinds = List.copyOf(kinds);
        this.question = question;
    }

    /**
     * @param looked how many were looked at
     * @param wrong those that are not as they should be, a line each
     */
    public record Tally(int looked, List<String> wrong) {

        public Tally {
            wrong = List.copyOf(wrong);
        }

        public boolean well() {
            return wrong.isEmpty();
        }

        @Override
        public String toString() {
            return wrong.isEmpty()
                    ? looked + " looked at, none wrong"
                    : wrong.size() + " of " + looked + " wrong: " + String.join("; ", wrong);
        }
    }

    /** What is asked of the objects. */
    interface Question {
        Tally ask(Reader reader) throws NotSeen;
    }

    /** Lists objects of one look. */
    record Reader(Target target) {

        /** All of a kind; a kind that is not served has none. */
        List<GenericKubernetesResource> list(String kind, @Nullable String namespace) throws NotSeen {
            try {
                return NotSeen.unlessSeen(target.feeds().list(target.kinds().named(kind), namespace));
            } catch (Kinds.UnknownKind e) {
                return List.of();
            }
        }

        NotSeen blocked(String why) {
            return new NotSeen(new Observation.Blocked<>(why, "", target.now()));
        }
    }

    @Override
    public String subject() {
        return subject;
    }

    @Override
    public Observation<Tally> look() {
        try {
            Tally tally = question.ask(new Reader(target));
            return tally.looked() == 0
                    ? new Observation.Unreachable<>("nothing selected: there is none", subject, target.now())
                    : new Observation.Seen<>(tally, subject, target.now());
        } catch (NotSeen e) {
            return e.as(subject);
        }
    }

    @Override
    public Optional<Subscription> onChange(Runnable changed) {
        List<Subscription> all = new ArrayList<>();
        for (String kind : kinds) {
            try {
                all.add(target.feeds().onChange(target.kinds().named(kind), changed));
            } catch (Kinds.UnknownKind e) {
                all.forEach(Subscription::close);
                return Optional.empty();
            }
        }
        return Optional.of(() -> all.forEach(Subscription::close));
    }
}
