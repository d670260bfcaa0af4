package dev.plumbline.run.hook;

import dev.plumbline.steps.Interlude;
import dev.plumbline.steps.Session;
import io.cucumber.java.After;
import io.cucumber.java.Before;
import io.cucumber.java.BeforeStep;
import io.cucumber.java.Scenario;
import java.net.URI;
import java.nio.file.Path;

/** Lets the session's interlude begin after a scenario's Givens. Cucumber finds it only where a fault is to be proven. */
public final class InterludeHook {

    private final Interlude interlude;
    private int before;
    private boolean begun;

    public InterludeHook(Session session) {
        this.interlude = session.interlude();
    }

    @Before(order = 1)
    public void count(Scenario scenario) {
        URI uri = scenario.getUri();
        Path file = uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri);
        before = interlude.givens(file.toString(), scenario.getLine());
    }

    @BeforeStep
    public void next() throws InterruptedException {
        if (before == 0 && !begun) {
            begun = true;
            interlude.begin();
        }
        before--;
    }

    /** Earlier than the hook that leaves the clock. */
    @After(order = 1)
    public void takeBack() throws InterruptedException {
        if (begun) {
            interlude.end();
        }
    }
}
