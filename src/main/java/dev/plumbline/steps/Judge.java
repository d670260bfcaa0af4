package dev.plumbline.steps;

import dev.plumbline.probe.diagnosis.Diagnosis;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.timing.Throughout;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.NotMet;
import dev.plumbline.verdict.NotTried;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Verdict;
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
    private final Diagnosis diagnosis;

    public Judge(Session session, Scene scene) {
        this.scene = scene;
        this.notes = session.notes();
        this.eventually = new Eventually(session.target().clock(), Limits.DEFAULT);
        this.throughout = new Throughout(session.target().clock(), Limits.DEFAULT);
        this.diagnosis = new Diagnosis(session.target());
    }

    /** It becomes true within the limit. */
    public <T> Judgement eventually(Duration limit, Probe<T> probe, Expectation<? super T> expectation)
            throws InterruptedException {
        notes.waiting(scene.id(), probe.subject(), limit);
        return file(eventually.within(limit, probe, expectation), probe.about());
    }

    /** It becomes true within the limit, counted from a moment that has passed. */
    public <T> Judgement eventually(Instant since, Duration limit, Probe<T> probe, Expectation<? super T> expectation)
            throws InterruptedException {
        notes.waiting(scene.id(), probe.subject(), limit);
        return file(eventually.since(since, limit, probe, expectation), probe.about());
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
        return file(numbers.isEmpty() ? judged : judged.with(numbers.get(0)), probe.about());
    }

    /** It is true at some moment, those since the scenario began among them, before the limit has passed. */
    public <T> Judgement ever(Duration limit, Probe<T> probe, Expectation<? super T> expectation)
            throws InterruptedException {
        notes.waiting(scene.id(), probe.subject(), limit);
        return file(eventually.ever(scene.began(), limit, probe, expectation), probe.about());
    }

    /** The name of the clock that runs, for measurements. */
    public String clock() {
        return scene.target().clock().name();
    }

    /** It is and stays true for the whole time. */
    public <T> Judgement throughout(Duration span, Probe<T> probe, Expectation<? super T> expectation)
            throws InterruptedException {
        notes.waiting(scene.id(), probe.subject(), span);
        return file(throughout.lasting(span, probe, expectation), probe.about());
    }

    /** It is true now. */
    public <T> Judgement now(Probe<T> probe, Expectation<? super T> expectation) {
        return file(eventually.now(probe, expectation), probe.about());
    }

    /** It is true now, with a number that the value holds. */
    public <T> Judgement now(Probe<T> probe, Expectation<? super T> expectation, Function<T, Measurement> measure) {
        List<Measurement> numbers = new ArrayList<>();
        Judgement judged = eventually.now(probe, new Expectation<T>(expectation.words(), seen -> {
            numbers.clear();
            numbers.add(measure.apply(seen));
            return expectation.met().test(seen);
        }));
        return file(numbers.isEmpty() ? judged : judged.with(numbers.get(0)), probe.about());
    }

    /** Keeps something that a reader may want to see. */
    public void evidence(String name, String mediaType, String text) {
        notes.evidence(scene.id(), new Evidence(name, mediaType, text));
    }

    /** Files a judgement of what no cluster is asked about. */
    Judgement file(Judgement judgement) {
        return file(judgement, List.of());
    }

    /**
     * Files a judgement, diagnosed while everything still stands if it is no pass, and then ends the scenario.
     *
     * @param about the objects that the judgement is about
     */
    private Judgement file(Judgement judgement, List<About> about) {
        if (judgement.verdict() == Verdict.PASS) {
            diagnosis.seeSecrets(about);
            notes.judged(scene.id(), judgement);
            return judgement;
        }
        Diagnosis.Found found = diagnosis.of(about, judgement.timeline());
        found.evidence().forEach(evidence -> notes.evidence(scene.id(), evidence));
        Judgement explained = found.cause().map(judgement::because).orElse(judgement);
        notes.judged(scene.id(), explained);
        switch (explained.verdict()) {
            case BLOCKED -> throw NotTried.blocked(explained.reason());
            case INCONCLUSIVE -> throw new NotMeasured(explained.reason());
            default -> throw new NotMet(explained.reason());
        }
    }
}
