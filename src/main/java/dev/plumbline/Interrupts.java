package dev.plumbline;

import dev.plumbline.run.Gate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGINT and SIGTERM stop a run instead of the JVM: the run then cleans up, writes its reports and ends with 128 and the
 * signal's number. A second signal ends at once.
 */
final class Interrupts implements AutoCloseable {

    private final Map<Signal, SignalHandler> before = new ConcurrentHashMap<>();

    Interrupts(Gate gate) {
        for (String name : new String[] {"INT", "TERM"}) {
            Signal signal = new Signal(name);
            before.put(signal, Signal.handle(signal, received -> {
                System.err.println(
                        "plumbline: SIG" + received.getName() + ": stopping, cleaning up; again to stop at once");
                close();
                gate.stop(received.getNumber());
            }));
        }
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
        before.clear();
    }
}
