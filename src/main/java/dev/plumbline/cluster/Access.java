package dev.plumbline.cluster;

/** What a run may write to its target. */
public enum Access {
    /** Nothing: a cluster that we did not create. */
    READ_ONLY,
    /** Only namespaces that the run created or that the profile lists as writable. */
    OWN_NAMESPACES,
    /** Everything: the cluster was made for the run and goes with it. */
    THROWAWAY
}
