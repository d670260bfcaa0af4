/** The only writer to a cluster: it notes the undo in a ledger before each write. */
@NullMarked
package dev.plumbline.action;

import org.jspecify.annotations.NullMarked;
