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
     * What the step may do on the API server: verbs, then a resource, such as {@code "get,list,watch pods"}. The word
     * {@code {kind}} stands for the kind that the step's text names.
     */
    String[] rights() default {};
}
