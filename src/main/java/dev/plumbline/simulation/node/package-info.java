/** The node of the simulation: pods and their containers, volumes, the network, and the images that any cluster uses. */
@NullMarked
package dev.plumbline.simulation.node;

import org.jspecify.annotations.NullMarked;
