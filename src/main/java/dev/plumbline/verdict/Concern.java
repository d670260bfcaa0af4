package dev.plumbline.verdict;

import java.util.List;
import java.util.Optional;

/**
 * What somebody who looks into a step that went wrong should look at.
 *
 * @param about the objects that the step was at work on
 * @param waited the wait that ended it; empty where the reason says all, as that of a refused write does
 */
public record Concern(List<About> about, Optional<Judgement> waited) {

    /** Nothing that could be looked at. */
    public static final Concern NONE = new Concern(List.of(), Optional.empty());

    public Concern {
        about = List.copyOf(about);
    }

    public static Concern with(About object) {
        return new Concern(List.of(object), Optional.empty());
    }

    public static Concern with(Probe<?> probe, Judgement waited) {
        return new Concern(probe.about(), Optional.of(waited));
    }

    /** A problem that says what it is about. */
    public interface Stated {
        Concern concern();
    }
}
