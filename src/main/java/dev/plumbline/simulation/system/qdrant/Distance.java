package dev.plumbline.simulation.system.qdrant;

/** How near two vectors are. */
enum Distance {
    COSINE("Cosine", true),
    DOT("Dot", true),
    EUCLID("Euclid", false),
    MANHATTAN("Manhattan", false);

    private static final double UNIT = 1e-6;

    private final String word;
    private final boolean greaterIsNearer;

    Distance(String word, boolean greaterIsNearer) {
        this.word = word;
        this.greaterIsNearer = greaterIsNearer;
    }

    static Distance of(String word) {
        for (Distance distance : values()) {
            if (distance.word.equals(word)) {
                return distance;
            }
        }
        throw Refusal.format("unknown variant `" + word + "`, expected one of `Cosine`, `Euclid`, `Dot`, `Manhattan`");
    }

    String word() {
        return word;
    }

    boolean greaterIsNearer() {
        return greaterIsNearer;
    }

    /** A vector as it is stored: cosine keeps the direction only. */
    float[] stored(float[] vector) {
        double square = 0;
        for (float value : vector) {
            square += (double) value * value;
        }
        if (this != COSINE || square < UNIT || Math.abs(square - 1) < UNIT) {
            return vector;
        }
        float length = (float) Math.sqrt(square);
        float[] unit = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            unit[i] = vector[i] / length;
        }
        return unit;
    }

    /** The score of two stored vectors. */
    float score(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            sum += switch (this) {
                case COSINE, DOT -> (double) a[i] * b[i];
                case EUCLID -> difference * difference;
                case MANHATTAN -> Math.abs(difference);
            };
        }
        return (float) (this == EUCLID ? Math.sqrt(sum) : sum);
    }
}
