/** Flux: source-controller and kustomize-controller as working models, and what their install puts into a cluster. */
@NullMarked
package dev.plumbline.simulation.system.flux;

import org.jspecify.annotations.NullMarked;
