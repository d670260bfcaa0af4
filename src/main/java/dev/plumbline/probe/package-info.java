/** Read-only measurements. A probe looks once and never asserts, waits, retries or writes. */
@NullMarked
package dev.plumbline.probe;

import org.jspecify.annotations.NullMarked;
