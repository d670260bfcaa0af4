package dev.plumbline.gitops;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jgit.lib.Repository;

/** A Git server in this JVM: repositories in memory, read over smart HTTP at {@code /<name>.git}, nobody may push. */
public final class GitServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads;
    private final Map<String, Served> repositories = new ConcurrentHashMap<>();

    private GitServer(HttpServer http, ExecutorService threads) {
        this.http = http;
        this.threads = threads;
    }

    /**
     * Listens on a free port.
     *
     * @param bind the loopback address, or the wildcard address when pods of a node on this machine shall reach it
     * @throws IOException when the address cannot be bound
     */
    public static GitServer start(InetAddress bind) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(bind, 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "git-server");
            thread.setDaemon(true);
            return thread;
        });
        GitServer server = new GitServer(http, threads);
        http.createContext("/", new SmartHttp(name -> Optional.ofNullable(server.repositories.get(name))));
        http.setExecutor(threads);
        http.start();
        return server;
    }

    public int port() {
        return http.getAddress().getPort();
    }

    /** An empty repository that everybody may read. */
    public GitRepository create(String name) {
        return create(name, Optional.empty());
    }

    /** An empty repository that only these credentials may read. */
    public GitRepository create(String name, Credentials credentials) {
        return create(name, Optional.of(credentials));
    }

    private GitRepository create(String name, Optional<Credentials> credentials) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no repository name: letters, digits, dot, dash and underscore only");
        }
        Repository store = ObjectStore.inMemory(name);
        if (repositories.putIfAbsent(name, new Served(store, credentials)) != null) {
            throw new IllegalArgumentException("there is a repository \"" + name + "\" already");
        }
        return new GitRepository(store, name, GitRepository.MAIN);
    }

    /** Forgets a repository; its address answers 404 from then on. */
    public void remove(String name) {
        repositories.remove(name);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        repositories.clear();
    }

    /** What the server holds under a name. */
    record Served(Repository store, Optional<Credentials> credentials) {}
}
