package dev.plumbline.simulation;

/**
 * Something that the simulation does not model was asked for. From {@link ImageModel#start} and {@link Program#exitCode}
 * it leaves the container waiting with reason {@code NotSimulated}.
 */
public final class NotSimulated extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what for example {@code command awk} */
    public NotSimulated(String what) {
        super("not simulated: " + what);
    }
}
