package dev.plumbline.steps;

import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.timing.Throughout;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.NotMet;
import dev.plumbline.verdict.NotTried;
import dev.plumbline.verdict.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Judges what probes see: waits, files the judgement under the scenario, and ends the scenario unless it passed. */
public final class Judge {

    private final Scene scene;
    private final Notes notes;
    private final Eventually eventually;
    private final Throughout throughout;

    public Judge(Session session, Scene scene) {
        this.scene = scene;
        this.notes = session.notes();
        this.eventually = new Eventually(session.target().clock(), Limits.DEFAULT);
        this.throughout = new Throughout(session.target().clock(), Limits.DEFAULT);
    }

    /** It becomes true within the limit. */
    public <T> Judgement eventually(Duration limit, Probe<T> probe, Expectation<? super T> expectation)
            throws InterruptedException {
        notes.waiting(scene.id(), probe.subject(), limit);
        return file(eventually.within(limit, probe, expectation));
    }

    /** It becomes true within the limit, counted from a moment that has passed. */
    public <T> Judgement eventually(Instant since, Duration limit, Probe<T> probe, Expectation<? super T> expectation)
            throws InterruptedException {
        notes.waiting(scene.id(), probe.subject(), limit);
        return file(eventually.since(since, limit, probe, expectation));
    }

    /** The same, with a number that the value holds beside the time: a count, an age. */
    public <T> Judgement eventually(
            Duration limit, Probe<T> probe, Expectation<? super T> expectation, Function<T, Measurement> measure)
            throws InterruptedException {
        notes.waiting(scene.id(), probe.subject(), limit);
        List<Measurement> numbers = new ArrayList<>();
        Judgement judged = eventually.within(limit, probe, new Expectation<T>(expectation.words(), seen -> {
            numbers.clear();
            numbers.add(measure.apply(seen));
            return expectation.met().test(seen);
        }));
        return file(numbers.isEmpty() ? judged : judged.with(numbers.get(0)));
    }

    /** The name of the clock that runs, for measurements. */
    public String clock() {
        return scene.target().clock().name();
    }

    /** It is and stays true for the whole time. */
    public <T> Judgement throughout(Duration span, Probe<T> probe, Expectation<? super T> expectation)
            throws InterruptedException {
        notes.waiting(scene.id(), probe.subject(), span);
        return file(throughout.lasting(span, probe, expectation));
    }

    /** It is true now. */
    public <T> Judgement now(Probe<T> probe, Expectation<? super T> expectation) {
        return file(eventually.now(probe, expectation));
    }

    /** Keeps something that a reader may want to see. */
    public void evidence(String name, String mediaType, String text) {
        notes.evidence(scene.id(), new Evidence(name, mediaType, text));
    }

    /** Files a judgement that was made elsewhere, and ends the scenario unless it passed. */
    public Judgement file(Judgement judgement) {
        notes.judged(scene.id(), judgement);
        return switch (judgement.verdict()) {
            case PASS -> judgement;
            case BLOCKED -> throw NotTried.blocked(judgement.reason());
            case INCONCLUSIVE -> throw new NotMeasured(judgement.reason());
            default -> throw new NotMet(judgement.reason());
        };
    }
}
