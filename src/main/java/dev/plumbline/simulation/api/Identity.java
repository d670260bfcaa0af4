package dev.plumbline.simulation.api;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.UUID;

/** Makes uids, name suffixes and times; the same in each run. Used under the store's lock. */
final class Identity {

    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final Random random = new Random(20);
    private final InstantSource clock;
    private long made;

    Identity(InstantSource clock) {
        this.clock = clock;
    }

    String uid() {
        return UUID.nameUUIDFromBytes(("object " + made++).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    String suffix() {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return suffix.toString();
    }

    /** Now, to the second, as objects hold it. */
    String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    String inSeconds(long seconds) {
        return clock.instant()
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(seconds)
                .toString();
    }
}
