package dev.plumbline.steps;

import dev.plumbline.action.ChangeObject;
import io.cucumber.java.After;

/** What a scenario changes by hand. It is taken back at the scenario's end, so that no other judges it. */
public final class ByHand {

    private final ChangeObject change;

    public ByHand(Session session) {
        this.change = new ChangeObject(session.target(), session.ledger());
    }

    ChangeObject change() {
        return change;
    }

    /** What an interrupted run leaves is undone with all else. */
    @After(order = 80)
    public void takeBack() {
        if (!Thread.currentThread().isInterrupted()) {
            change.takeBack();
        }
    }
}
