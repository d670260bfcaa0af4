/** Rules on objects, wherever the objects came from. */
@NullMarked
package dev.plumbline.policy;

import org.jspecify.annotations.NullMarked;
