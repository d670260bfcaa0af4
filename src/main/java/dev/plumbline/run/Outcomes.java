package dev.plumbline.run;

import dev.plumbline.report.StepResult.Outcome;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.NotTried;
import dev.plumbline.verdict.Verdict;
import io.cucumber.plugin.event.Result;
import io.cucumber.plugin.event.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** What Cucumber's statuses and the exceptions of steps mean as verdicts. */
final class Outcomes {

    private Outcomes() {}

    static Verdict verdict(Result result) {
        Throwable error = result.getError();
        if (error instanceof NotTried notTried) {
            return notTried.verdict();
        }
        if (error instanceof AssertionError) {
            return Verdict.FAIL;
        }
        return result.getStatus() == Status.PASSED ? Verdict.PASS : Verdict.INCONCLUSIVE;
    }

    static Outcome outcome(Result result) {
        if (result.getStatus() == Status.PASSED) {
            return Outcome.PASSED;
        }
        if (result.getError() == null && result.getStatus() == Status.SKIPPED) {
            return Outcome.SKIPPED;
        }
        return result.getError() instanceof AssertionError ? Outcome.FAILED : Outcome.NOT_MEASURED;
    }

    /** One line that says why. */
    static String reason(Result result) {
        Throwable error = result.getError();
        if (error == null) {
            return result.getStatus() == Status.PASSED ? "" : "the scenario ended as " + result.getStatus();
        }
        if (error instanceof InterruptedException) {
            return "interrupted";
        }
        boolean ours = error instanceof NotTried || error instanceof NotMeasured || error instanceof AssertionError;
        String message = message(error);
        if (ours) {
            return message;
        }
        return error instanceof KubernetesClientException
                ? "the API server did not do what was asked: " + message
                : "internal error, please report it: " + error.getClass().getSimpleName() + ": " + message;
    }

    private static String message(Throwable error) {
        @Nullable String message = error.getMessage();
        return message == null
                ? error.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
