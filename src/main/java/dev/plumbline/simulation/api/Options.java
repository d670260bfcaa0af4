package dev.plumbline.simulation.api;

/**
 * How a write is meant.
 *
 * @param manager the field manager
 * @param subresource empty, {@code status} or {@code scale}
 * @param validation {@code Ignore}, {@code Warn} or {@code Strict} for fields that the kind does not know
 */
record Options(String manager, String subresource, boolean dryRun, boolean force, String validation) {

    static Options by(String manager) {
        return new Options(manager, "", false, false, "Ignore");
    }

    Options on(String otherSubresource) {
        return new Options(manager, otherSubresource, dryRun, force, validation);
    }

    boolean status() {
        return subresource.equals("status");
    }
}
