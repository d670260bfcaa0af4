package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState;
import dev.plumbline.simulation.World;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A controller's work queue for one kind: each object is worked on once at a time; what changes meanwhile is worked on
 * again after. An appointment that stands is only replaced by an earlier one, as in the real queue. Nothing is worked on
 * while the controller does not run; when it starts, everything is.
 */
final class Agenda {

    private static final Duration CACHE_SYNC = Duration.ofSeconds(1);

    private final World world;
    private final Kind kind;
    private final Running running;
    private final Consumer<ObjectRef> work;
    private final Map<ObjectRef, String> seen = new HashMap<>();
    private final Map<ObjectRef, Appointment> appointments = new HashMap<>();
    private final Set<ObjectRef> busy = new HashSet<>();
    private final Set<ObjectRef> again = new HashSet<>();

    Agenda(World world, Kind kind, Running running, Consumer<ObjectRef> work) {
        this.world = world;
        this.kind = kind;
        this.running = running;
        this.work = work;
    }

    void start() {
        running.onStart(() -> world.clock().after(CACHE_SYNC, this::everything));
        world.state().onChange(this::changed);
    }

    private void changed(ClusterState.Change change) {
        ObjectRef ref = change.ref();
        if (!ref.kind().group().equals(kind.group()) || !ref.kind().kind().equals(kind.kind())) {
            return;
        }
        ObjectRef key = new ObjectRef(kind, ref.namespace(), ref.name());
        if (change.type() == ClusterState.Change.Type.DELETED) {
            forget(key);
        } else if (isNews(key, change.object())) {
            now(key);
        }
    }

    /** Status writes are no news: only a new generation, a request to reconcile, and the wish to delete are. */
    private synchronized boolean isNews(ObjectRef key, GenericKubernetesResource object) {
        String request = object.getMetadata().getAnnotations() == null
                ? ""
                : object.getMetadata().getAnnotations().getOrDefault(Flux.REQUESTED_AT, "");
        String print =
                object.getMetadata().getUid() + "|" + object.getMetadata().getGeneration() + "|" + request + "|"
                        + object.getMetadata().getDeletionTimestamp();
        return !print.equals(seen.put(key, print));
    }

    private synchronized void forget(ObjectRef key) {
        seen.remove(key);
        Appointment appointment = appointments.remove(key);
        if (appointment != null) {
            appointment.handle().cancel();
        }
    }

    private void everything() {
        synchronized (this) {
            busy.clear();
            again.clear();
        }
        world.state()
                .list(kind, null)
                .forEach(object -> now(new ObjectRef(
                        kind,
                        object.getMetadata().getNamespace(),
                        object.getMetadata().getName())));
    }

    /** Works on it at the next moment, beside any appointment. */
    void now(ObjectRef key) {
        world.clock().after(Duration.ZERO, () -> begin(key));
    }

    /** The work on an object is over; the next is due after a time. */
    void done(ObjectRef key, Duration next) {
        appoint(key, next);
        done(key);
    }

    /** The work on an object is over, until something changes. */
    void done(ObjectRef key) {
        boolean repeat;
        synchronized (this) {
            busy.remove(key);
            repeat = again.remove(key);
        }
        if (repeat) {
            now(key);
        }
    }

    private synchronized void appoint(ObjectRef key, Duration delay) {
        Instant at = world.clock().instant().plus(delay);
        Appointment standing = appointments.get(key);
        if (standing != null && !standing.at().isAfter(at)) {
            return;
        }
        if (standing != null) {
            standing.handle().cancel();
        }
        appointments.put(key, new Appointment(at, world.clock().after(delay, () -> keep(key))));
    }

    private void keep(ObjectRef key) {
        synchronized (this) {
            appointments.remove(key);
        }
        begin(key);
    }

    private void begin(ObjectRef key) {
        synchronized (this) {
            if (!running.now()) {
                return;
            }
            if (!busy.add(key)) {
                again.add(key);
                return;
            }
        }
        work.accept(key);
    }

    private record Appointment(Instant at, VirtualClock.Scheduled handle) {}
}
