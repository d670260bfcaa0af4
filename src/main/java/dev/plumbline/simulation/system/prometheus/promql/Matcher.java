package dev.plumbline.simulation.system.prometheus.promql;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** One condition on a label. */
public final class Matcher {

    private final String label;
    private final String operator;
    private final String value;
    private final @Nullable Pattern pattern;

    /**
     * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
     * @throws QueryError for a bad regular expression
     */
    public Matcher(String label, String operator, String value) {
        this.label = label;
        this.operator = operator;
        this.value = value;
        try {
            this.pattern = operator.endsWith("~") ? Pattern.compile(value, Pattern.DOTALL) : null;
        } catch (PatternSyntaxException e) {
            throw QueryError.badData("error parsing regexp: " + e.getDescription() + ": `" + value + "`");
        }
    }

    public String label() {
        return label;
    }

    public String value() {
        return value;
    }

    public boolean isEquality() {
        return operator.equals("=");
    }

    public boolean matches(Labels labels) {
        return test(labels.get(label));
    }

    /** Whether a series without this label matches. */
    public boolean matchesNothing() {
        return test("");
    }

    private boolean test(String actual) {
        boolean equal =
                pattern == null ? value.equals(actual) : pattern.matcher(actual).matches();
        return equal != operator.startsWith("!");
    }

    @Override
    public String toString() {
        return label + operator + '"' + value + '"';
    }
}
