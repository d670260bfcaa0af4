package dev.plumbline.cluster;

import java.net.InetSocketAddress;
import java.util.Optional;

/** A port of a pod that can be connected to here, until it is closed. */
public interface Tunnel extends AutoCloseable {

    /** On the loopback address; a connection to it is one to the pod. */
    InetSocketAddress address();

    /** Why a connection did not get through, as far as the tunnel knows. */
    Optional<String> trouble();

    @Override
    void close();
}
