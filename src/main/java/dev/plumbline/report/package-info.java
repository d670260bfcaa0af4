/** Everything that is rendered from the record of a run. */
@NullMarked
package dev.plumbline.report;

import org.jspecify.annotations.NullMarked;
