/** What was found: observations, timelines, measurements, evidence, verdicts; and the port {@code Probe}. */
@NullMarked
package dev.plumbline.verdict;

import org.jspecify.annotations.NullMarked;
