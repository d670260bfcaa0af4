/** PromQL: lexer, parser and evaluator over series in memory. */
@NullMarked
package dev.plumbline.simulation.system.prometheus.promql;

import org.jspecify.annotations.NullMarked;
