package dev.plumbline.simulation.system.prometheus.promql;

/** A sample in time, in milliseconds since the epoch. */
public record Point(long time, double value) {

    /** Says that a series ended here; a NaN of its own, as Prometheus stores it. */
    public static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

    private static final long STALE_BITS = 0x7ff0000000000002L;
    /** Some processors quieten a signalling NaN when it is copied. */
    private static final long STALE_BITS_QUIET = 0x7ff8000000000002L;

    public static boolean isStale(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return bits == STALE_BITS || bits == STALE_BITS_QUIET;
    }
}
