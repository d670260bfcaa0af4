package dev.plumbline.verdict;

import java.util.List;

/**
 * The outcome of one judging step.
 *
 * @param reason one line of fact that names what was looked at, what was seen, what was expected and for how long
 * @param timeline what was seen on the way
 */
public record Judgement(
        Verdict verdict, String subject, String reason, Timeline timeline, List<Measurement> measurements) {

    public Judgement {
        measurements = List.copyOf(measurements);
    }

    /** The same judgement, with what was found to be the cause. */
    public Judgement because(String cause) {
        return new Judgement(verdict, subject, reason + "; " + cause, timeline, measurements);
    }

    /** The same judgement without its numbers. */
    public Judgement unmeasured() {
        return new Judgement(verdict, subject, reason, timeline, List.of());
    }

    /** The same judgement with one more number. */
    public Judgement with(Measurement measurement) {
        List<Measurement> all = new java.util.ArrayList<>(measurements);
        all.add(measurement);
        return new Judgement(verdict, subject, reason, timeline, all);
    }
}
