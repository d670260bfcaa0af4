/** The Kubernetes API of the simulation: objects, their rules, and the HTTP server that clients talk to. */
@NullMarked
package dev.plumbline.simulation.api;

import org.jspecify.annotations.NullMarked;
