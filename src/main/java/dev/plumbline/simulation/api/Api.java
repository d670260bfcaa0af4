package dev.plumbline.simulation.api;

import dev.plumbline.cluster.Kind;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.InstantSource;

/** The API server's inside: what is served, what is stored, and the verbs. */
public final class Api {

    private final Store store = new Store();
    private final Resources resources = new Resources();
    private final KubernetesSerialization serialization;
    private final Identity identity;
    private final Objects objects;
    private final Deletion deletion;

    public Api(InstantSource clock, KubernetesSerialization serialization) {
        this.serialization = serialization;
        this.identity = new Identity(clock);
        Admission admission = new Admission(store, resources, new KnownFields(serialization), identity);
        this.objects = new Objects(store, resources, admission, identity);
        this.deletion = new Deletion(store, resources, identity);
    }

    /** The state for a component that writes under this field manager. */
    public State state(String manager) {
        return new State(this, manager);
    }

    /** The resourceVersion of the newest change of a kind, 0 when there was none. */
    public long newest(Kind kind) {
        return resources
                .atPath(kind.apiVersion(), kind.plural())
                .map(store::newest)
                .orElse(0L);
    }

    /** The resourceVersion of the newest change of all. */
    public long version() {
        return store.version();
    }

    /** Sends those who watch a bookmark. */
    public void bookmark() {
        store.bookmark();
    }

    Store store() {
        return store;
    }

    Resources resources() {
        return resources;
    }

    KubernetesSerialization serialization() {
        return serialization;
    }

    Identity identity() {
        return identity;
    }

    Objects objects() {
        return objects;
    }

    Deletion deletion() {
        return deletion;
    }
}
