package dev.plumbline.run;

import dev.plumbline.criterion.Example;
import dev.plumbline.run.hook.InterludeHook;
import dev.plumbline.steps.Handover;
import dev.plumbline.steps.Interlude;
import dev.plumbline.steps.Session;
import io.cucumber.junit.platform.engine.CucumberTestEngine;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.UriSelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Lets Cucumber run some scenarios through the JUnit Platform, whose tag locks keep apart what must take turns. */
final class CucumberRun {

    private static final String STEPS = "dev.plumbline.steps";

    private final Session session;
    private final int parallel;
    private final Optional<Long> order;
    private final CancellationToken cancellation;

    CucumberRun(Session session, int parallel, Optional<Long> order, CancellationToken cancellation) {
        this.session = session;
        this.parallel = parallel;
        this.order = order;
        this.cancellation = cancellation;
    }

    /** Runs each of the scenarios once; what they find is in the session's notes. */
    void run(List<Example> examples) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new Handover(getClass().getClassLoader(), session));
        try {
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            var launcher = LauncherFactory.create(LauncherConfig.builder()
                    .enableTestEngineAutoRegistration(false)
                    .enableTestExecutionListenerAutoRegistration(false)
                    .enablePostDiscoveryFilterAutoRegistration(false)
                    .enableLauncherSessionListenerAutoRegistration(false)
                    .addTestEngines(new CucumberTestEngine())
                    .build());
            launcher.execute(LauncherExecutionRequestBuilder.request(request(examples))
                    .listeners(summary)
                    .cancellationToken(cancellation)
                    .build());
            refuseBrokenRun(summary.getSummary());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A failure outside any scenario would else be lost: no scenario of the container has run. */
    private static void refuseBrokenRun(TestExecutionSummary summary) {
        if (summary.getContainersFailedCount() > 0) {
            Throwable cause = summary.getFailures().get(0).getException();
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof VirtualMachineError error) {
                throw error;
            }
            throw new IllegalStateException("Cucumber could not run: " + cause.getMessage(), cause);
        }
    }

    private LauncherDiscoveryRequest request(List<Example> examples) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(examples.stream().map(CucumberRun::selector).toList())
                .configurationParameters(parameters(examples))
                .build();
    }

    private static UriSelector selector(Example example) {
        URI file = Path.of(example.location().file()).toAbsolutePath().toUri();
        return DiscoverySelectors.selectUri(file + "?line=" + example.location().line());
    }

    private String glue() {
        return session.interlude() == Interlude.NONE ? STEPS : STEPS + "," + InterludeHook.class.getPackageName();
    }

    private Map<String, String> parameters(List<Example> examples) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("cucumber.glue", glue());
        parameters.put("cucumber.plugin", CucumberListener.class.getName());
        parameters.put("cucumber.publish.quiet", "true");
        parameters.put("cucumber.publish.enabled", "false");
        parameters.put("cucumber.junit-platform.naming-strategy", "long");
        parameters.put("cucumber.junit-platform.discovery.as-root-engine", "true");
        parameters.put("cucumber.execution.parallel.enabled", String.valueOf(parallel > 1));
        parameters.put("cucumber.execution.parallel.config.strategy", "fixed");
        parameters.put("cucumber.execution.parallel.config.fixed.parallelism", String.valueOf(parallel));
        // Without this a further worker appears while others wait for a lock.
        parameters.put("cucumber.execution.parallel.config.fixed.max-pool-size", String.valueOf(parallel));
        order.ifPresent(seed -> {
            parameters.put("cucumber.execution.order", "random");
            parameters.put("cucumber.execution.order.random.seed", seed.toString());
        });
        for (Example example : examples) {
            for (String lock : example.locks()) {
                parameters.put("cucumber.execution.exclusive-resources.lock:" + lock + ".read-write", lock);
            }
        }
        return parameters;
    }
}
