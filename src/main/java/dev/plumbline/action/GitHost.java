package dev.plumbline.action;

import dev.plumbline.cluster.Target;
import dev.plumbline.gitops.Credentials;
import dev.plumbline.gitops.GitRepository;
import dev.plumbline.gitops.GitServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Git server of a run, started when the first repository is asked for. Pods reach it, so it listens where they can. */
public final class GitHost implements AutoCloseable {

    private final Target target;
    private final Map<String, GitRepository> repositories = new HashMap<>();
    private @Nullable GitServer server;

    public GitHost(Target target) {
        this.target = target;
    }

    /** The repository of this name, made when it is first asked for. */
    public synchronized GitRepository repository(String name) {
        return repositories.computeIfAbsent(name, server()::create);
    }

    /** A new repository that only these credentials may read, in place of one of the same name. */
    public synchronized GitRepository privateRepository(String name, Credentials credentials) {
        server().remove(name);
        GitRepository made = server().create(name, credentials);
        repositories.put(name, made);
        return made;
    }

    /** The address under which the cluster pulls a repository. */
    public synchronized String url(String name) {
        return "http://" + target.hostForPods() + ":" + server().port() + "/" + name + ".git";
    }

    private GitServer server() {
        if (server == null) {
            try {
                server = GitServer.start(InetAddress.getByName(target.simulated() ? "127.0.0.1" : "0.0.0.0"));
            } catch (IOException e) {
                throw new UncheckedIOException("the Git server could not be started", e);
            }
        }
        return server;
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
            server = null;
            repositories.clear();
        }
    }
}
