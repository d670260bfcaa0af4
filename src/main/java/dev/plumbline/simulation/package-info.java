/** The cluster inside the JVM: the Kubernetes API, its controllers and the named systems as working models, in virtual time. */
@NullMarked
package dev.plumbline.simulation;

import org.jspecify.annotations.NullMarked;
