package dev.plumbline.report;

import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.TestCase;
import io.cucumber.messages.types.TestRunFinished;
import io.cucumber.messages.types.TestRunHookStarted;
import io.cucumber.messages.types.TestRunStarted;
import io.cucumber.messages.types.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes one stream of the messages of several executions: one meta, one start, one end. */
final class OneExecution {

    private static final Timestamp UNKNOWN = new Timestamp(0L, 0L);

    private final List<Envelope> middle = new ArrayList<>();
    private @Nullable Envelope meta;
    private @Nullable TestRunStarted started;
    private Timestamp finished = UNKNOWN;
    private boolean success = true;
    private int open;

    private OneExecution() {}

    /** Empty for no messages. An execution that did not end, as its run was killed, ends unsuccessfully. */
    static List<Envelope> of(List<Envelope> messages) {
        OneExecution one = new OneExecution();
        messages.forEach(one::add);
        return one.stream();
    }

    private void add(Envelope message) {
        if (message.getMeta().isPresent()) {
            meta = meta == null ? message : meta;
        } else if (message.getTestRunStarted().isPresent()) {
            open++;
            started = started == null ? message.getTestRunStarted().get() : started;
        } else if (message.getTestRunFinished().isPresent()) {
            open--;
            finished = message.getTestRunFinished().get().getTimestamp();
            success &= message.getTestRunFinished().get().getSuccess();
        } else {
            message.getTestCaseFinished().ifPresent(end -> finished = end.getTimestamp());
            middle.add(message);
        }
    }

    private List<Envelope> stream() {
        if (started == null) {
            return List.of();
        }
        List<Envelope> all = new ArrayList<>();
        if (meta != null) {
            all.add(meta);
        }
        all.add(Envelope.of(started));
        Optional<String> id = started.getId();
        middle.forEach(message -> all.add(ofRun(message, id.orElse(null))));
        all.add(Envelope.of(new TestRunFinished(null, success && open == 0, finished, null, id.orElse(null))));
        return all;
    }

    /** Test cases and hooks of a run name the message that started it. */
    private static Envelope ofRun(Envelope message, @Nullable String run) {
        if (message.getTestCase().isPresent()) {
            TestCase test = message.getTestCase().get();
            return Envelope.of(new TestCase(test.getId(), test.getPickleId(), test.getTestSteps(), run));
        }
        if (message.getTestRunHookStarted().isPresent() && run != null) {
            TestRunHookStarted hook = message.getTestRunHookStarted().get();
            return Envelope.of(new TestRunHookStarted(
                    hook.getId(), run, hook.getHookId(), hook.getWorkerId().orElse(null), hook.getTimestamp()));
        }
        return message;
    }
}
