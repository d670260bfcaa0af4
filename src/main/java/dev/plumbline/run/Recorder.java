package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.criterion.SourceLine;
import dev.plumbline.report.Attempt;
import dev.plumbline.report.RunListener;
import dev.plumbline.steps.Notes;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Verdict;
import io.cucumber.messages.types.Envelope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what a run finds, scenario by scenario, and says whether another may begin. */
final class Recorder implements Notes {

    private final Map<String, ScenarioLog> running = new ConcurrentHashMap<>();
    private final Map<String, List<Attempt>> attempts = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Envelope> messages = new ConcurrentLinkedQueue<>();
    private final Map<String, Place> places = new HashMap<>();
    private final RunListener listener;
    private final InstantSource clock;
    private final Gate gate;

    /** @param clock the target's, for how long waits have gone on */
    Recorder(List<Criterion> criteria, RunListener listener, Gate gate, InstantSource clock) {
        this.listener = listener;
        this.gate = gate;
        this.clock = clock;
        for (Criterion criterion : criteria) {
            criterion.examples().forEach(example -> places.put(key(example.location()), new Place(criterion, example)));
        }
    }

    private record Place(Criterion criterion, Example example) {}

    @Override
    public Optional<String> refusal() {
        return gate.refusal();
    }

    @Override
    public void judged(String scenario, Judgement judgement) {
        log(scenario).judged(judgement);
    }

    @Override
    public void evidence(String scenario, Evidence evidence) {
        log(scenario).evidence(evidence);
    }

    @Override
    public void waiting(String scenario, String what, Duration limit) {
        listener.waiting(what, Duration.ZERO, limit);
    }

    void begin(String scenario, SourceLine where, ScenarioLog log) {
        running.put(scenario, log);
        Place place = place(where);
        listener.scenarioStarted(place.criterion(), place.example());
        gate.entered(Thread.currentThread());
    }

    ScenarioLog log(String scenario) {
        ScenarioLog log = running.get(scenario);
        if (log == null) {
            throw new IllegalStateException("no scenario runs under the id " + scenario);
        }
        return log;
    }

    void end(String scenario, SourceLine where, Attempt attempt) {
        running.remove(scenario);
        gate.left(Thread.currentThread(), attempt.verdict() == Verdict.FAIL);
        attempts.computeIfAbsent(key(where), line -> new ArrayList<>()).add(attempt);
        Place place = place(where);
        listener.scenarioFinished(
                place.criterion(), Results.scenario(place.example(), attemptsOf(place.example()), ""));
    }

    private Place place(SourceLine where) {
        Place place = places.get(key(where));
        if (place == null) {
            throw new IllegalStateException("Cucumber runs a scenario at " + where + " that was not selected");
        }
        return place;
    }

    void message(Envelope envelope) {
        messages.add(envelope);
    }

    List<Attempt> attemptsOf(Example example) {
        return List.copyOf(attempts.getOrDefault(key(example.location()), List.of()));
    }

    /** Cucumber and the rule reader may write the same file in two ways. */
    private static String key(SourceLine where) {
        return Path.of(where.file()).toAbsolutePath().normalize() + ":" + where.line();
    }

    List<Envelope> messages() {
        return List.copyOf(messages);
    }
}
