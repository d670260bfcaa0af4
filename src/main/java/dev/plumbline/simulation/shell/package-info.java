/** A small shell for simulated containers: what it does not know, it says. */
@NullMarked
package dev.plumbline.simulation.shell;

import org.jspecify.annotations.NullMarked;
