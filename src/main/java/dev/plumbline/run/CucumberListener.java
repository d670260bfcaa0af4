package dev.plumbline.run;

import dev.plumbline.criterion.SourceLine;
import dev.plumbline.steps.Handover;
import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Verdict;
import io.cucumber.messages.types.Envelope;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.HookTestStep;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestCaseStarted;
import io.cucumber.plugin.event.TestStepFinished;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Cucumber's view of a run, written into the recorder. Cucumber makes it by name, so it finds its recorder itself. */
public final class CucumberListener implements ConcurrentEventListener {

    private final Recorder recorder = (Recorder) Handover.session().notes();
    private final Path workingDirectory = Path.of("").toAbsolutePath();

    @Override
    public void setEventPublisher(EventPublisher publisher) {
        publisher.registerHandlerFor(TestCaseStarted.class, this::started);
        publisher.registerHandlerFor(TestStepFinished.class, this::step);
        publisher.registerHandlerFor(TestCaseFinished.class, this::finished);
        publisher.registerHandlerFor(Envelope.class, recorder::message);
    }

    private void started(TestCaseStarted event) {
        recorder.begin(id(event.getTestCase()), new ScenarioLog(where(event.getTestCase()), event.getInstant()));
    }

    private void step(TestStepFinished event) {
        String keyword = "";
        String text = "";
        if (event.getTestStep() instanceof PickleStepTestStep step) {
            keyword = step.getStep().getKeyword().strip();
            text = step.getStep().getText();
        } else if (event.getTestStep() instanceof HookTestStep hook) {
            keyword = hook.getHookType().name();
        }
        var result = event.getResult();
        String reason = Outcomes.reason(result);
        boolean said = result.getError() != null;
        if (said && Outcomes.isBug(result.getError())) {
            recorder.evidence(id(event.getTestCase()), trace(result.getError()));
        }
        recorder.log(id(event.getTestCase()))
                .step(
                        keyword,
                        text,
                        Outcomes.outcome(result),
                        event.getInstant().minus(result.getDuration()),
                        result.getDuration(),
                        said ? Optional.of(reason) : Optional.empty());
        if (said && result.getError() instanceof Concern.Stated stated) {
            recorder.log(id(event.getTestCase())).concerned(result.getError(), stated.concern());
        }
    }

    /** For the one who gets the bug reported. */
    private static Evidence trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return new Evidence("internal-error.txt", "text/plain", text.toString());
    }

    private void finished(TestCaseFinished event) {
        ScenarioLog log = recorder.log(id(event.getTestCase()));
        Verdict verdict = Outcomes.verdict(event.getResult());
        String reason = verdict == Verdict.PASS
                ? log.lastReason()
                : log.explained(event.getResult().getError(), Outcomes.reason(event.getResult()));
        recorder.end(id(event.getTestCase()), where(event.getTestCase()), log.end(verdict, reason, event.getInstant()));
    }

    private static String id(TestCase testCase) {
        return testCase.getId().toString();
    }

    /** The place as the rule reader names it: relative to the working directory where it lies below that. */
    private SourceLine where(TestCase testCase) {
        URI uri = testCase.getUri();
        Path path = uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri);
        Path absolute = path.toAbsolutePath();
        Path shown = absolute.startsWith(workingDirectory) ? workingDirectory.relativize(absolute) : absolute;
        return new SourceLine(shown.toString(), testCase.getLocation().getLine());
    }
}
