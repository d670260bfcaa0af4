package dev.plumbline.steps;

import dev.plumbline.probe.diagnosis.Diagnosis;
import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Timeline;
import io.cucumber.java.After;

/** Looks into an action that went wrong while everything still stands: before any other last hook takes something back. */
public final class Aftermath {

    private final Session session;
    private final Scene scene;

    public Aftermath(Session session, Scene scene) {
        this.session = session;
        this.scene = scene;
    }

    @After(order = Integer.MAX_VALUE)
    public void explain() {
        session.notes().concern(scene.id()).ifPresent(this::explain);
    }

    private void explain(Concern concern) {
        Timeline timeline = concern.waited().map(Judgement::timeline).orElseGet(Timeline::new);
        Diagnosis.Found found = new Diagnosis(session.target()).of(concern.about(), timeline);
        session.notes().explained(scene.id(), concern.waited().flatMap(wait -> found.cause()), found.evidence());
    }
}
