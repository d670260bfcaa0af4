package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.criterion.SourceLine;
import dev.plumbline.report.Attempt;
import dev.plumbline.report.CriterionResult;
import dev.plumbline.report.RunListener;
import dev.plumbline.report.ScenarioResult;
import dev.plumbline.steps.Notes;
import dev.plumbline.timing.Bell;
import dev.plumbline.timing.Clock;
import dev.plumbline.timing.WallClock;
import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Verdict;
import io.cucumber.messages.types.Envelope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps what a run finds, scenario by scenario, and says whether another may begin. */
final class Recorder implements Notes {

    private static final String ENDED = "the run ended before it";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Map<String, ScenarioLog> running = new ConcurrentHashMap<>();
    private final Map<String, List<Attempt>> attempts = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Envelope> messages = new ConcurrentLinkedQueue<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final List<Criterion> criteria;
    private final Results results;
    private final int most;
    private final RunListener listener;
    private final Gate gate;
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReference<@Nullable String> lost = new AtomicReference<>();
    private final Bell idle = new Bell();

    /** @param most attempts for a scenario that does not pass */
    Recorder(List<Criterion> criteria, Results results, int most, RunListener listener, Gate gate) {
        this.criteria = List.copyOf(criteria);
        this.results = results;
        this.most = most;
        this.listener = listener;
        this.gate = gate;
        for (Criterion criterion : criteria) {
            criterion.examples().forEach(example -> places.put(key(example.location()), new Place(criterion, example)));
        }
    }

    private record Place(Criterion criterion, Example example) {}

    @Override
    public Optional<String> refusal(String scenario) {
        Optional<String> why = gate.refusal();
        why.ifPresent(log(scenario)::refuse);
        return why;
    }

    @Override
    public void enter(String scenario, Clock clock) {
        log(scenario).enter(clock);
    }

    @Override
    public void leave(String scenario) {
        log(scenario).leave();
    }

    @Override
    public void gone(String scenario) {
        ScenarioLog log = running.get(scenario);
        if (log != null) {
            log.leave();
            gate.abort("internal error, please report it: an error that no step survives, such as OutOfMemoryError");
        }
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
    public Optional<Concern> concern(String scenario) {
        return log(scenario).concern();
    }

    @Override
    public void explained(String scenario, Optional<String> cause, List<Evidence> evidence) {
        log(scenario).explained(cause, evidence);
    }

    @Override
    public void waiting(String scenario, String what, Duration limit) {
        listener.waiting(what, Duration.ZERO, limit);
    }

    void begin(String scenario, ScenarioLog log) {
        running.put(scenario, log);
        Place place = place(log.where());
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
        ScenarioLog log = running.remove(scenario);
        if (log == null) {
            return;
        }
        Thread thread = log.thread();
        Place place = place(where);
        List<Attempt> own = attempts.computeIfAbsent(key(where), line -> new CopyOnWriteArrayList<>());
        if (counts(log, own, attempt)) {
            own.add(attempt);
        }
        log.refusal().ifPresent(why -> refusals.putIfAbsent(key(where), why));
        ScenarioResult result = result(place.criterion(), place.example(), ENDED);
        boolean again = log.refusal().isEmpty() && gate.signal().isEmpty() && unsettled(place.example());
        gate.left(thread, !again && (result.verdict() == Verdict.FAIL || result.verdict() == Verdict.FLAKY));
        ended.incrementAndGet();
        if (again) {
            listener.attemptFinished(place.criterion(), result);
        } else {
            listener.scenarioFinished(place.criterion(), result);
        }
        idle.ring();
    }

    /**
     * After Cucumber has returned: ends the scenarios of which it never said the end, because an error took their thread
     * or the whole run down. Those that still run on another thread have been interrupted and get a moment.
     */
    void endThoseLeft(String why) {
        WallClock wall = new WallClock();
        Instant end = wall.instant().plus(PATIENCE);
        Thread here = Thread.currentThread();
        Thread.interrupted();
        try {
            while (wall.instant().isBefore(end)
                    && running.values().stream()
                            .anyMatch(
                                    log -> log.thread() != here && log.thread().isAlive())) {
                wall.await(idle, wall.instant().plus(LOOK));
            }
        } catch (InterruptedException e) {
            here.interrupt();
        }
        Map.copyOf(running).forEach((scenario, log) -> {
            log.leave();
            end(scenario, log.where(), log.end(Verdict.INCONCLUSIVE, why, wall.instant()));
        });
        lost.compareAndSet(null, why);
    }

    /** How many attempts have ended. */
    int ended() {
        return ended.get();
    }

    /** What was not let in is no attempt; nor is a further one that was cut short, which would only look flaky. */
    private boolean counts(ScenarioLog log, List<Attempt> before, Attempt attempt) {
        boolean cut = gate.signal().isPresent() && attempt.verdict() == Verdict.INCONCLUSIVE;
        return log.refusal().isEmpty() && (before.isEmpty() || !cut);
    }

    /** Whether another attempt may change what is known of the scenario. */
    private boolean unsettled(Example example) {
        List<Attempt> own = attemptsOf(example);
        return own.size() < most
                && own.stream()
                        .allMatch(attempt ->
                                attempt.verdict() == Verdict.FAIL || attempt.verdict() == Verdict.INCONCLUSIVE);
    }

    /** What is known of a scenario until now. */
    private ScenarioResult result(Criterion criterion, Example example, String usual) {
        String notRun = refusals.getOrDefault(
                key(example.location()),
                gate.refusal().or(() -> Optional.ofNullable(lost.get())).orElse(usual));
        return results.scenario(criterion, example, attemptsOf(example), notRun);
    }

    List<CriterionResult> results() {
        return results(ENDED);
    }

    /** What is known of the document until now; {@code notRun} is why the rest was not run, if nothing else is known. */
    List<CriterionResult> results(String notRun) {
        return criteria.stream()
                .map(criterion -> results.criterion(criterion, example -> result(criterion, example, notRun)))
                .toList();
    }

    /** The scenarios for which an attempt is still to be made. */
    List<Example> toDo() {
        return criteria.stream()
                .filter(criterion -> !criterion.pending())
                .flatMap(criterion -> criterion.examples().stream())
                .filter(this::unsettled)
                .toList();
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
