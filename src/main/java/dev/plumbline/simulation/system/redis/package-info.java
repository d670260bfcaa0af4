/** A working model of the Redis server and its command line. */
@NullMarked
package dev.plumbline.simulation.system.redis;

import org.jspecify.annotations.NullMarked;
