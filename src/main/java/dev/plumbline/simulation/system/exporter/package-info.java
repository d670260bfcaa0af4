/** Working models of the exporters that Prometheus scrapes, and of the kubelet's metrics. */
@NullMarked
package dev.plumbline.simulation.system.exporter;

import org.jspecify.annotations.NullMarked;
