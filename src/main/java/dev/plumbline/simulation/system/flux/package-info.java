/**
 * Flux: source-controller, kustomize-controller and helm-controller as working models, and what their install puts into a
 * cluster. Of Helm, charts in a Git repository whose templates only insert values; the HelmChart object in between is left
 * out.
 */
@NullMarked
package dev.plumbline.simulation.system.flux;

import org.jspecify.annotations.NullMarked;
