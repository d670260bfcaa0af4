package dev.plumbline.steps;

import io.cucumber.cucumberexpressions.Expression;
import io.cucumber.cucumberexpressions.ExpressionFactory;
import io.cucumber.cucumberexpressions.ParameterTypeRegistry;
import io.cucumber.java.ParameterType;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** All steps that there are, for their documentation and for finding an undefined step before anything is started. */
public final class Vocabulary {

    /** The step classes; a test finds the one that is missing here. */
    static final List<Class<?>> CLASSES = List.of(
            ManifestSteps.class,
            ObjectSteps.class,
            WorkloadSteps.class,
            TemplateSteps.class,
            ServiceSteps.class,
            CommandSteps.class,
            FluxSteps.class,
            CommitSteps.class,
            FluxStateSteps.class,
            FluxRequestSteps.class,
            PodSteps.class,
            PolicySteps.class,
            IntervalSteps.class,
            FileSteps.class,
            PrometheusSteps.class,
            QdrantSteps.class,
            QdrantCollectionSteps.class,
            DashboardSteps.class,
            GrafanaSteps.class,
            DashboardFileSteps.class,
            MetricSteps.class,
            VeleroSteps.class,
            PostgresSteps.class);

    private static final java.util.Set<String> KIND_TYPES = java.util.Set.of("kind", "scalable");

    private final List<Step> steps;

    public Vocabulary() {
        this(CLASSES);
    }

    public Vocabulary(List<Class<?>> classes) {
        ExpressionFactory expressions = new ExpressionFactory(parameterTypes());
        List<Step> all = new ArrayList<>();
        for (Class<?> type : classes) {
            Stream.of(type.getDeclaredMethods())
                    .flatMap(method -> step(method, expressions).stream())
                    .sorted(java.util.Comparator.comparing(Step::text))
                    .forEach(all::add);
        }
        this.steps = List.copyOf(all);
    }

    /**
     * One step.
     *
     * @param topic the class's subject, for grouping
     * @param text the Cucumber expression
     * @param rights what it may do on the API server, see {@link Sentence#rights}
     */
    public record Step(
            String topic,
            String keyword,
            String text,
            String explanation,
            List<String> examples,
            List<String> rights,
            Expression expression) {

        boolean fits(String stepText) {
            return expression.match(stepText) != null;
        }

        /** Whether it talks HTTP to a service of the cluster, by its rights. */
        public boolean asksServices() {
            return rights.stream().anyMatch(right -> right.endsWith(" services/proxy"));
        }

        private List<io.cucumber.cucumberexpressions.Argument<?>> arguments(String stepText) {
            var found = expression.match(stepText);
            return found == null ? List.of() : found;
        }

        /** The numbers in a step's text that are too large for it. */
        public List<String> tooLarge(String stepText) {
            return arguments(stepText).stream()
                    .filter(argument -> argument.getParameterType().getName().equals("int"))
                    .map(argument -> argument.getGroup().getValue())
                    .filter(number -> new BigInteger(number).bitLength() >= Integer.SIZE)
                    .toList();
        }

        /** The word that a step with this text names a kind by. */
        public Optional<String> kindIn(String stepText) {
            return arguments(stepText).stream()
                    .filter(argument ->
                            KIND_TYPES.contains(argument.getParameterType().getName()))
                    .map(argument -> String.valueOf(argument.getValue()).replace(" ", ""))
                    .findFirst();
        }
    }

    public List<Step> steps() {
        return steps;
    }

    /** The definitions that fit a step's text; one is right. */
    public List<Step> fitting(String stepText) {
        return steps.stream().filter(step -> step.fits(stepText)).toList();
    }

    /** The definition that fits a step's text. */
    public Optional<Step> find(String stepText) {
        return steps.stream().filter(step -> step.fits(stepText)).findFirst();
    }

    /** The definition whose words are most like the text's, as a suggestion. */
    public Optional<String> nearest(String stepText) {
        List<String> words = words(stepText);
        return steps.stream()
                .max(java.util.Comparator.comparingDouble(step -> likeness(words, words(step.text()))))
                .filter(step -> likeness(words, words(step.text())) > 0.4)
                .map(Step::text);
    }

    private static List<String> words(String text) {
        return List.of(text.replaceAll("\"[^\"]*\"|\\{\\w+}", " ")
                .toLowerCase(Locale.ROOT)
                .strip()
                .split("\\s+"));
    }

    private static double likeness(List<String> one, List<String> other) {
        long common = one.stream().distinct().filter(other::contains).count();
        return 2.0 * common / (one.size() + other.size());
    }

    private static Optional<Step> step(Method method, ExpressionFactory expressions) {
        Sentence sentence = method.getAnnotation(Sentence.class);
        String topic = method.getDeclaringClass().getSimpleName().replace("Steps", "");
        return text(method)
                .map(step -> new Step(
                        topic,
                        step[0],
                        step[1],
                        sentence == null ? "" : sentence.value(),
                        sentence == null ? List.of() : List.of(sentence.examples()),
                        sentence == null ? List.of() : List.of(sentence.rights()),
                        expressions.createExpression(step[1])));
    }

    private static Optional<String[]> text(Method method) {
        Given given = method.getAnnotation(Given.class);
        When when = method.getAnnotation(When.class);
        Then then = method.getAnnotation(Then.class);
        if (given != null) {
            return Optional.of(new String[] {"Given", given.value()});
        }
        if (when != null) {
            return Optional.of(new String[] {"When", when.value()});
        }
        return then == null ? Optional.empty() : Optional.of(new String[] {"Then", then.value()});
    }

    private static ParameterTypeRegistry parameterTypes() {
        ParameterTypeRegistry registry = new ParameterTypeRegistry(Locale.ENGLISH);
        for (Method method : ParameterTypes.class.getDeclaredMethods()) {
            ParameterType declared = method.getAnnotation(ParameterType.class);
            if (declared != null) {
                registry.defineParameterType(new io.cucumber.cucumberexpressions.ParameterType<>(
                        declared.name().isEmpty() ? method.getName() : declared.name(),
                        declared.value(),
                        String.class,
                        (String[] groups) -> String.join(" ", groups),
                        declared.useForSnippets(),
                        declared.preferForRegexMatch()));
            }
        }
        return registry;
    }
}
