package dev.plumbline.steps;

import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.NotTried;
import dev.plumbline.verdict.Observation;
import io.cucumber.java.After;
import io.cucumber.java.Before;
import io.cucumber.java.Scenario;
import java.time.Instant;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.picocontainer.Disposable;

/** The running scenario: its id, its presence on the clock, and the words that its steps share. */
public final class Scene implements Disposable {

    private static final Pattern PROFILE_KEY = Pattern.compile("<profile\\.([\\w.-]+)>");

    private final Session session;
    private @Nullable String id;
    private @Nullable Instant began;

    public Scene(Session session) {
        this.session = session;
    }

    @Before(order = 0)
    public void enter(Scenario scenario) {
        id = scenario.getId();
        session.notes().enter(scenario.getId(), session.target().clock());
        began = session.target().now();
        session.notes().refusal(scenario.getId()).ifPresent(why -> {
            throw new NotMeasured("not run: " + why);
        });
        refuseWhatDoesNotApply(scenario.getSourceTagNames());
    }

    @After(order = 0)
    public void leave() {
        session.notes().leave(id());
    }

    /** Cucumber disposes of a scenario's objects however it ended, also when no hook and no event comes any more. */
    @Override
    public void dispose() {
        if (id != null) {
            session.notes().gone(id);
        }
    }

    private void refuseWhatDoesNotApply(Collection<String> tags) {
        if (tags.contains("@changes-cluster") && session.target().access() == dev.plumbline.cluster.Access.READ_ONLY) {
            throw NotTried.notApplicable("the scenario changes the cluster, and this one is read-only:"
                    + " give --allow-writes and pin the cluster in the profile to run it");
        }
        for (String tag : tags) {
            if (tag.startsWith("@needs:")) {
                need(tag.substring("@needs:".length()));
            }
        }
    }

    /** What cannot be seen may be there, and then the scenario would apply. */
    private void need(String capability) {
        Observation<Boolean> offered = session.target().offers(capability);
        if (!(offered instanceof Observation.Seen<Boolean> seen)) {
            throw new NotMeasured("whether the target has " + capability + " was " + offered);
        }
        if (!seen.value()) {
            throw NotTried.notApplicable("the target has no " + capability);
        }
    }

    /** Under which Cucumber knows this scenario. */
    public String id() {
        if (id == null) {
            throw new IllegalStateException("a step ran before the scenario's first hook");
        }
        return id;
    }

    /** When its first step could begin. */
    public Instant began() {
        if (began == null) {
            throw new IllegalStateException("a step ran before the scenario's first hook");
        }
        return began;
    }

    public Target target() {
        return session.target();
    }

    /** The text with each {@code <profile.key>} replaced. */
    public String words(String text) {
        Matcher matcher = PROFILE_KEY.matcher(text);
        return matcher.replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
    }

    private String value(String key) {
        String value = session.profile().values().get(key);
        if (value == null) {
            throw new NotMeasured("the step asks for <profile." + key + ">, which "
                    + session.profile().source() + " does not set: add it under values");
        }
        return value;
    }

    /** A value of the profile, or the usual one. */
    public String value(String key, String usual) {
        return session.profile().values().getOrDefault(key, usual);
    }

    /** A service of the profile, written {@code name:port}, or the usual one. */
    public ParameterTypes.ServicePort service(String key, String usual) {
        String[] parts = value(key, usual).split(":", 2);
        if (parts.length != 2 || !parts[1].matches("\\d{1,5}")) {
            throw new NotMeasured(session.profile().source() + ": values." + key + " is \"" + value(key, usual)
                    + "\", expected a service and its port such as " + usual);
        }
        return new ParameterTypes.ServicePort(parts[0], Integer.parseInt(parts[1]));
    }

    /** Where objects are when a step names no namespace: what the profile says, else {@code default}. */
    public String defaultNamespace() {
        return session.profile().values().getOrDefault("namespace", "default");
    }
}
