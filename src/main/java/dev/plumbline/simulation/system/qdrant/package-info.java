/** A working model of Qdrant's HTTP API over the files of its container. */
@NullMarked
package dev.plumbline.simulation.system.qdrant;

import org.jspecify.annotations.NullMarked;
