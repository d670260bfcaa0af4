/** A working model of Grafana: provisioning, dashboards and queries through its datasources. */
@NullMarked
package dev.plumbline.simulation.system.grafana;

import org.jspecify.annotations.NullMarked;
