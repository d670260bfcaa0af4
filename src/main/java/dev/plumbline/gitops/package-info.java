/** The Git server in the JVM, its commits, and the rendering of kustomizations. */
@NullMarked
package dev.plumbline.gitops;

import org.jspecify.annotations.NullMarked;
