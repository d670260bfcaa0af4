package dev.plumbline.cluster;

/** The kinds that a cluster serves, from its discovery. */
public interface Kinds {

    /**
     * Finds a kind by the word of a step or manifest: {@code Deployment} or, where that is ambiguous,
     * {@code Kustomization.kustomize.toolkit.fluxcd.io}.
     *
     * @throws UnknownKind when none or several groups serve it; the message lists what would do
     */
    Kind named(String word);

    /**
     * Finds a kind of a manifest.
     *
     * @throws UnknownKind when the server does not serve it
     */
    Kind of(String apiVersion, String kind);

    /** The kind is not served, or the word fits several. */
    final class UnknownKind extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnknownKind(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
