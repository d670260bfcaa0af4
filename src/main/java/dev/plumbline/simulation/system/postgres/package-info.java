/** PostgreSQL: psql and its neighbours over an SQL engine whose data lies in the container's data directory. */
@NullMarked
package dev.plumbline.simulation.system.postgres;

import org.jspecify.annotations.NullMarked;
