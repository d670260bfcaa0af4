/** Reads the rules, launches Cucumber, keeps the record. */
@NullMarked
package dev.plumbline.run;

import org.jspecify.annotations.NullMarked;
