/** The command line: options, exit codes and the choice of the target. */
@NullMarked
package dev.plumbline;

import org.jspecify.annotations.NullMarked;
