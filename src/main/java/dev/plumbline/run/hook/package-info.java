/** The hook by which a fault gets into a scenario; a package of its own, so that ordinary runs do not have it. */
@NullMarked
package dev.plumbline.run.hook;

import org.jspecify.annotations.NullMarked;
