package dev.plumbline.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Bytes between a client and a server: it can hold them back, as a network that is cut does, and reset connections. */
public final class Relay implements AutoCloseable {

    private final ServerSocket entrance;
    private final InetAddress host;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch held = new CountDownLatch(0);

    public Relay(String host, int port) throws IOException {
        this.host = InetAddress.getByName(host);
        this.port = port;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** From now on nothing goes through; connections stay open. */
    public void hold() {
        held = new CountDownLatch(1);
    }

    public void release() {
        held.countDown();
    }

    /** Resets all connections; new ones are taken. */
    public void reset() {
        for (Socket socket : open) {
            try (socket) {
                socket.setSoLinger(true, 0);
            } catch (IOException closedAlready) {
                // its other side was reset a moment before
            }
        }
        open.clear();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket near = entrance.accept();
                Socket far = new Socket(host, port);
                open.add(near);
                open.add(far);
                threads.execute(() -> pump(near, far));
                threads.execute(() -> pump(far, near));
            } catch (IOException closed) {
                // the entrance is closed, or the server takes no connection: the next one is tried again
            }
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[65536];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                held.await();
                out.write(buffer, 0, read);
            }
        } catch (IOException reset) {
            // ends both sides
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        release();
        reset();
        threads.shutdownNow();
    }
}
