package dev.plumbline.probe;

import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a GET on a Service answers, and how long that took on the target's clock, the way through the proxy included. */
public final class TimedGet implements Probe<TimedGet.Timed> {

    private final Target target;
    private final HttpGet get;

    public TimedGet(Target target, HttpGet get) {
        this.target = target;
        this.get = get;
    }

    /** An answer and its time. */
    public record Timed(HttpAnswer answer, Duration took) {
        @Override
        public String toString() {
            return answer.status() + " after " + took.toMillis() + " ms";
        }
    }

    @Override
    public String subject() {
        return get.subject();
    }

    @Override
    public List<About> about() {
        return get.about();
    }

    @Override
    public Observation<Timed> look() {
        Instant asked = target.now();
        return get.look().map(answer -> new Timed(answer, Duration.between(asked, target.now())));
    }
}
