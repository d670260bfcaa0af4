package dev.plumbline.report;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Hears of a run while it goes on. Called from several threads when scenarios run beside each other. */
public interface RunListener {

    default void runStarted(RunStart start) {}

    /** In a parallel run these scenarios run one by one, since one changes what another names and no lock tag keeps them apart. */
    default void takingTurns(List<Example> scenarios) {}

    default void scenarioStarted(Criterion criterion, Example example) {}

    /**
     * A wait goes on.
     *
     * @param what what is looked at
     * @param elapsed on the target's clock
     */
    default void waiting(String what, Duration elapsed, Duration limit) {}

    /** An attempt did not pass, and another will be made. */
    default void attemptFinished(Criterion criterion, ScenarioResult result) {}

    /** The scenario's result is settled. */
    default void scenarioFinished(Criterion criterion, ScenarioResult result) {}

    /** @param reports the folder that holds the written reports */
    default void runFinished(RunRecord run, Path reports) {}
}
