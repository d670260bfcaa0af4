package dev.plumbline.steps;

import io.cucumber.picocontainer.CucumberPicoProvider;
import org.picocontainer.injectors.Provider;

/** Gives the session to every step class that asks for it in its constructor. */
@CucumberPicoProvider
public final class SessionProvider implements Provider {

    public Session provide() {
        return Handover.session();
    }
}
