package dev.plumbline.run;

import dev.plumbline.report.StepResult.Outcome;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.NotMet;
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
        if (error instanceof NotMet) {
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
        return result.getError() instanceof NotMet ? Outcome.FAILED : Outcome.NOT_MEASURED;
    }

    /** One line that says why. */
    static String reason(Result result) {
        Throwable error = result.getError();
        if (error == null) {
            return result.getStatus() == Status.PASSED ? "" : "the scenario ended as " + result.getStatus();
        }
        return reason(error);
    }

    static String reason(Throwable error) {
        if (error instanceof InterruptedException) {
            return "interrupted";
        }
        String message = message(error);
        if (error instanceof KubernetesClientException) {
            return "the API server did not do what was asked: " + message;
        }
        return !isBug(error)
                ? message
                : "internal error, please report it: " + error.getClass().getSimpleName() + ": " + message;
    }

    /** Whether the exception says nothing of the cluster, but of us. */
    static boolean isBug(Throwable error) {
        return !(error instanceof InterruptedException
                || error instanceof KubernetesClientException
                || error instanceof NotTried
                || error instanceof NotMeasured
                || error instanceof NotMet);
    }

    private static String message(Throwable error) {
        @Nullable String message = error.getMessage();
        return message == null
                ? error.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
