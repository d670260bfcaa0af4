package dev.plumbline.steps;

import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Judgement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where steps put what they found, under the id that Cucumber gives a running scenario. */
public interface Notes {

    /** Why this scenario may not go on: the time budget is used up, an earlier one failed under --fail-fast. */
    Optional<String> refusal(String scenario);

    /** The scenario is at work on the clock, until it leaves. */
    void enter(String scenario, Clock clock);

    void leave(String scenario);

    /** Nothing of the scenario runs any more. If its end was not said, an error took it that Cucumber does not catch. */
    void gone(String scenario);

    void judged(String scenario, Judgement judgement);

    void evidence(String scenario, Evidence evidence);

    /** What the step that ended the scenario was at work on, where that has not been looked into. */
    Optional<Concern> concern(String scenario);

    /**
     * Adds to the step that ended the scenario.
     *
     * @param cause one line that names the object and the field that is wrong
     */
    void explained(String scenario, Optional<String> cause, List<Evidence> evidence);

    /** A wait begins. */
    void waiting(String scenario, String what, Duration limit);
}
