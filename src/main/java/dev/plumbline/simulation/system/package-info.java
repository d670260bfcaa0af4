/** The named systems of the simulation: working models of the programs that a homelab runs. */
@NullMarked
package dev.plumbline.simulation.system;

import org.jspecify.annotations.NullMarked;
