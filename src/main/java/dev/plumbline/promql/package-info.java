/** As much of PromQL as is needed to know which series an expression asks for. */
@NullMarked
package dev.plumbline.promql;

import org.jspecify.annotations.NullMarked;
