/** How long we look: {@code Eventually}, {@code Throughout}, and the clock, real or virtual. The only place that waits. */
@NullMarked
package dev.plumbline.timing;

import org.jspecify.annotations.NullMarked;
