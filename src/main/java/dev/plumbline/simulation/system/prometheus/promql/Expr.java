package dev.plumbline.simulation.system.prometheus.promql;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A parsed PromQL expression. */
public sealed interface Expr {

    Type type();

    /** What an expression evaluates to; the words are those of Prometheus' messages. */
    enum Type {
        SCALAR("scalar"),
        STRING("string"),
        VECTOR("instant vector"),
        MATRIX("range vector");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    record NumberLiteral(double value) implements Expr {
        @Override
        public Type type() {
            return Type.SCALAR;
        }
    }

    record StringLiteral(String value) implements Expr {
        @Override
        public Type type() {
            return Type.STRING;
        }
    }

    /** @param offset how far back in milliseconds, negative for the future */
    record Selector(List<Matcher> matchers, long offset) implements Expr {
        @Override
        public Type type() {
            return Type.VECTOR;
        }
    }

    /** @param range in milliseconds */
    record RangeSelector(Selector selector, long range) implements Expr {
        @Override
        public Type type() {
            return Type.MATRIX;
        }
    }

    record Call(Function function, List<Expr> arguments) implements Expr {
        @Override
        public Type type() {
            return function.result();
        }
    }

    /** @param parameter the k of topk and the like */
    record Aggregate(String operator, Expr body, @Nullable Expr parameter, boolean without, List<String> labels)
            implements Expr {
        @Override
        public Type type() {
            return Type.VECTOR;
        }
    }

    record Negation(Expr body) implements Expr {
        @Override
        public Type type() {
            return body.type();
        }
    }

    record Binary(String operator, Expr left, Expr right, boolean bool, Matching matching) implements Expr {

        private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
        private static final Set<String> SETS = Set.of("and", "or", "unless");

        @Override
        public Type type() {
            return left.type() == Type.SCALAR && right.type() == Type.SCALAR ? Type.SCALAR : Type.VECTOR;
        }

        boolean isComparison() {
            return COMPARISONS.contains(operator);
        }

        boolean isSet() {
            return SETS.contains(operator);
        }
    }

    /**
     * How the two sides of an operator find each other.
     *
     * @param on whether the labels are those that count, or those that do not
     * @param include labels that the many side takes from the one side
     */
    record Matching(Cardinality cardinality, boolean on, List<String> labels, List<String> include) {

        static final Matching DEFAULT = new Matching(Cardinality.ONE_TO_ONE, false, List.of(), List.of());

        Labels key(Labels labels) {
            return on ? labels.only(this.labels) : labels.withoutName().without(this.labels);
        }
    }

    /** How many of each side may share a key. */
    enum Cardinality {
        ONE_TO_ONE,
        MANY_TO_ONE,
        ONE_TO_MANY
    }
}
