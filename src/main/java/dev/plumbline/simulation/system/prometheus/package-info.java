/** A working model of Prometheus: configuration, discovery, scraping in virtual time, rules and the HTTP API. */
@NullMarked
package dev.plumbline.simulation.system.prometheus;

import org.jspecify.annotations.NullMarked;
