package dev.plumbline.gitops;

import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * A repository read over HTTP, as Flux's source-controller reads one. A ref is a branch ({@code main}), a full name
 * ({@code refs/tags/v1}) or a commit id of 40 digits.
 */
public record RemoteRepository(String url, Optional<Credentials> credentials, Duration timeout) {

    private static final String FETCHED = "refs/plumbline/fetched";

    /** The commit that a branch or a full ref points to now. */
    public String head(String ref) throws GitException {
        try (Repository store = ObjectStore.inMemory("head");
                Transport transport = open(store);
                FetchConnection connection = transport.openFetch(List.of(), full(ref))) {
            Ref found = connection.getRef(full(ref));
            if (found == null || found.getObjectId() == null) {
                throw new GitException(shown() + " has no ref \"" + full(ref) + "\"");
            }
            ObjectId peeled = found.getPeeledObjectId();
            return (peeled == null ? found.getObjectId() : peeled).name();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Fetches one commit, without its history. */
    public Snapshot fetch(String ref) throws GitException {
        String wanted = ObjectId.isId(ref) ? ref : head(ref);
        try (Repository store = ObjectStore.inMemory("fetch");
                Transport transport = open(store)) {
            transport.setDepth(1);
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec(wanted + ":" + FETCHED)));
            return new Snapshot(wanted, ObjectStore.files(store, wanted));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Transport open(Repository store) throws GitException, IOException {
        try {
            URIish address = new URIish(url);
            if (!List.of("http", "https").contains(String.valueOf(address.getScheme()))) {
                throw new GitException("cannot read " + shown() + ": only http and https are supported");
            }
            Transport transport = Transport.open(store, address);
            transport.setTimeout((int) Math.max(1, timeout.toSeconds()));
            credentials.ifPresent(it -> transport.setCredentialsProvider(
                    new UsernamePasswordCredentialsProvider(it.user(), it.password())));
            return transport;
        } catch (URISyntaxException e) {
            throw new GitException("\"" + shown() + "\" is no address of a repository: " + e.getReason(), e);
        }
    }

    private GitException failed(IOException e) {
        String said = String.valueOf(e.getMessage());
        String why = said.startsWith(shown() + ": ") ? said.substring(shown().length() + 2) : said;
        if (e instanceof NoRemoteRepositoryException) {
            why = "repository not found";
        } else if (credentials.isEmpty() && said.contains(JGitText.get().noCredentialsProvider)) {
            why = "not authorized: it wants a user and a password, and none were given";
        }
        return new GitException("cannot read " + shown() + ": " + why, e);
    }

    /** The address without a password that somebody wrote into it. */
    private String shown() {
        return url.replaceFirst("//[^/@]*@", "//");
    }

    private static String full(String ref) {
        return ref.startsWith(Constants.R_REFS) || ref.equals(Constants.HEAD) ? ref : Constants.R_HEADS + ref;
    }
}
