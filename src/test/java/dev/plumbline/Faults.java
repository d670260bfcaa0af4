package dev.plumbline;

import dev.plumbline.cluster.Feeds;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.run.Opened;
import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Recording;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * A target on which things go wrong: a look at an object of a certain name, or the n-th time that somebody comes to or
 * leaves its clock, which a scenario does in its first and last hook and the clean-up before and after it.
 */
final class Faults {

    private final Map<String, Fault> looks = new ConcurrentHashMap<>();
    private final Map<Integer, Fault> arrivals = new ConcurrentHashMap<>();
    private final Map<Integer, Fault> departures = new ConcurrentHashMap<>();
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicReference<Fault> lastWord = new AtomicReference<>();
    private Preparation preparation = () -> {};
    private final AtomicInteger left = new AtomicInteger();

    /** Goes wrong, or returns what is seen instead; null to see what is there. */
    @FunctionalInterface
    interface Fault {
        @Nullable
        Observation<GenericKubernetesResource> happen(Target target) throws InterruptedException;
    }

    Faults atLook(String objectName, Fault fault) {
        looks.put(objectName, fault);
        return this;
    }

    Faults atArrival(int number, Fault fault) {
        arrivals.put(number, fault);
        return this;
    }

    Faults atDeparture(int number, Fault fault) {
        departures.put(number, fault);
        return this;
    }

    /** When the target describes itself after a scenario has ended, which it does for the last word of a run. */
    Faults atLastWord(Fault fault) {
        lastWord.set(fault);
        return this;
    }

    /** After everything has been read and checked. */
    Faults beforeTheRun(Preparation work) {
        preparation = work;
        return this;
    }

    @FunctionalInterface
    interface Preparation {
        void run() throws IOException;
    }

    /** How often somebody came to the clock. */
    int arrived() {
        return arrived.get();
    }

    /** The API server does not answer looks at this object until that many have come to the clock. */
    Faults unreachableUntilArrival(String objectName, int number) {
        return atLook(
                objectName,
                target -> arrived.get() < number
                        ? new Observation.Unreachable<>("connection refused", objectName, target.now())
                        : null);
    }

    /** Makes the command line's commands, with a verify whose target has these faults. */
    CommandLine.IFactory commands(Map<String, String> environment) {
        CommandLine.IFactory usual = CommandLine.defaultFactory();
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == VerifyCommand.class
                        ? type.cast(new VerifyCommand(
                                (options, prepared) -> in(new Targets(options, prepared).open()), environment))
                        : usual.create(type);
            }
        };
    }

    private Opened in(Opened opened) {
        try {
            preparation.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Opened(
                in(opened.target()), opened.why(), opened.runId(), opened.flux(), opened.ledger(), opened.swept());
    }

    private Target in(Target real) {
        Feeds feeds = wrap(
                Feeds.class,
                real.feeds(),
                (method, arguments) -> arguments.length > 0 && arguments[0] instanceof ObjectRef ref
                        ? look(method, ref, arguments, real)
                        : null);
        Clock clock =
                wrap(Clock.class, real.clock(), (method, arguments) -> method.equals("enter") ? enter(real) : null);
        return wrap(Target.class, real, (method, arguments) -> switch (method) {
            case "feeds" -> feeds;
            case "clock" -> clock;
            case "description" -> left.get() > 0 ? happen(lastWord.getAndSet(null), real) : null;
            default -> null;
        });
    }

    /** A wait reads a recording: of an object with a fault it gets one that looks when it is asked. */
    private @Nullable Object look(String method, ObjectRef ref, Object[] arguments, Target real)
            throws InterruptedException {
        Fault fault = looks.get(ref.name());
        if (fault == null || !method.equals("record")) {
            return happen(fault, real);
        }
        return Recording.of(
                () -> {
                    try {
                        Observation<GenericKubernetesResource> instead = fault.happen(real);
                        return instead != null ? instead : real.feeds().get(ref);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                real.feeds().onChange(ref.kind(), (Runnable) arguments[2]));
    }

    private Clock.Presence enter(Target real) throws InterruptedException {
        happen(arrivals.get(arrived.incrementAndGet()), real);
        Clock.Presence presence = real.clock().enter();
        return () -> {
            presence.close();
            try {
                happen(departures.get(left.incrementAndGet()), real);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static @Nullable Object happen(@Nullable Fault fault, Target real) throws InterruptedException {
        return fault == null ? null : fault.happen(real);
    }

    private interface Instead {
        @Nullable
        Object of(String method, Object[] arguments) throws InterruptedException;
    }

    private static <T> T wrap(Class<T> type, T real, Instead instead) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    Object other = instead.of(method.getName(), given == null ? new Object[0] : given);
                    try {
                        return other != null ? other : method.invoke(real, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
