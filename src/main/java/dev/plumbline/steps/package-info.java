/** Gherkin's voice: step classes, parameter types, hooks and the wiring of a scenario. */
@NullMarked
package dev.plumbline.steps;

import org.jspecify.annotations.NullMarked;
