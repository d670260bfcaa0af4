package dev.plumbline.steps;

import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Judgement;
import java.time.Duration;
import java.util.Optional;

/** Where steps put what they found, under the id that Cucumber gives a running scenario. */
public interface Notes {

    /** Why no further scenario may begin: the time budget is used up, an earlier one failed under --fail-fast. */
    Optional<String> refusal();

    void judged(String scenario, Judgement judgement);

    void evidence(String scenario, Evidence evidence);

    /** A wait begins. */
    void waiting(String scenario, String what, Duration limit);
}
