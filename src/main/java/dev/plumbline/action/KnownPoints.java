package dev.plumbline.action;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** Points that anyone can compute from their ids, and what a search by cosine must therefore find among them. */
public final class KnownPoints {

    private final int count;
    private final int dimensions;

    public KnownPoints(int count, int dimensions) {
        this.count = count;
        this.dimensions = dimensions;
    }

    /** @param score the cosine of the angle between the point's vector and the one searched with */
    public record Nearest(long id, double score) {}

    /** The same for the same id at any time, each element between -1 and 1. */
    static List<Double> vector(long id, int dimensions) {
        return new Random(id).doubles(dimensions, -1, 1).boxed().toList();
    }

    static Map<String, Object> point(long id, int dimensions) {
        return Map.of("id", id, "vector", vector(id, dimensions), "payload", Map.of("number", id));
    }

    /** A vector to search with: half of the way from one known point to another. */
    public List<Double> question(long number) {
        List<Double> one = vector(1 + number % count, dimensions);
        List<Double> other = vector(-1 - number, dimensions);
        return java.util.stream.IntStream.range(0, dimensions)
                .mapToObj(i -> one.get(i) + other.get(i))
                .toList();
    }

    public Nearest nearest(List<Double> question) {
        Nearest best = new Nearest(0, Double.NEGATIVE_INFINITY);
        for (long id = 1; id <= count; id++) {
            List<Double> vector = vector(id, dimensions);
            double score = dot(question, vector) / Math.sqrt(dot(question, question) * dot(vector, vector));
            best = score > best.score() ? new Nearest(id, score) : best;
        }
        return best;
    }

    private static double dot(List<Double> one, List<Double> other) {
        double sum = 0;
        for (int i = 0; i < one.size(); i++) {
            sum += one.get(i) * other.get(i);
        }
        return sum;
    }
}
