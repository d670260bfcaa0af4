package dev.plumbline.lab;

import java.util.Random;

/**
 * How much of a long trial is run. {@code mvn verify} runs a seeded sample, {@code ci/trials} the whole
 * ({@code -Dplumbline.trials=whole}); the seed ({@code -Dplumbline.trials.seed}) makes either repeatable.
 */
public final class Trials {

    private static final long DEFAULT_SEED = 4;

    private Trials() {}

    /** How many trials to make. */
    public static int count(int sample, int whole) {
        return System.getProperty("plumbline.trials", "sample").equals("whole") ? whole : sample;
    }

    /** Chance that comes out the same for the same seed. */
    public static Random chance() {
        return new Random(Long.getLong("plumbline.trials.seed", DEFAULT_SEED));
    }
}
