/** Velero: server and node-agent as working models that keep their backups in an object store. */
@NullMarked
package dev.plumbline.simulation.system.velero;

import org.jspecify.annotations.NullMarked;
