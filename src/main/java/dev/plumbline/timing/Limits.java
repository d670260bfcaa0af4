package dev.plumbline.timing;

import java.time.Duration;

/**
 * How often a wait looks again when no event calls it.
 *
 * @param poll between two looks at something that has no events (HTTP, a command in a pod)
 * @param relook between two looks at something that has: then the server is asked whether the watch lost an event
 */
public record Limits(Duration poll, Duration relook) {

    public static final Limits DEFAULT = new Limits(Duration.ofMillis(500), Duration.ofSeconds(35));
}
