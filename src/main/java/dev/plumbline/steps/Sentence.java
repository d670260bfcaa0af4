package dev.plumbline.steps;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What {@code plumbline steps} says of a step: a sentence of explanation, and examples, which a test matches against it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Sentence {

    /** What the step does or judges. */
    String value();

    /** Step texts as one would write them. */
    String[] examples();

    /**
     * What the step may do on the API server, its undo included: verbs, then resources with their group, such as
     * {@code "list,watch deployments.apps,pods"}. {@code {kind}} stands for the kind that the step's text names,
     * {@code {manifests}} for all kinds of the manifests that the scenario brings in. A role is made of them, so that one
     * that is missing here is a right that the run lacks.
     */
    String[] rights() default {};
}
