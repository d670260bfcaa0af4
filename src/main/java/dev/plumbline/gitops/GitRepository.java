package dev.plumbline.gitops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * One branch of a repository of the {@link GitServer}, and the way to commit to it without a work tree. What is
 * committed is seen by the next fetch.
 */
public final class GitRepository {
    public static final String MAIN = "main";

    private final Repository store;
    private final String name;
    private final String branch;

    GitRepository(Repository store, String name, String branch) {
        this.store = store;
        this.name = name;
        this.branch = branch;
    }

    public String name() {
        return name;
    }

    /** The same repository seen from another branch; it exists from its first commit or {@link #reset} on. */
    public GitRepository branch(String other) {
        if (!Repository.isValidRefName(Constants.R_HEADS + other)) {
            throw new IllegalArgumentException("\"" + other + "\" is no valid branch name");
        }
        return new GitRepository(store, name, other);
    }

    /** The newest commit, empty before the first. */
    public Optional<String> head() {
        try {
            return Optional.ofNullable(store.resolve(ref())).map(ObjectId::name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException when there is no such commit */
    public SortedMap<String, byte[]> files(String commit) {
        return ObjectStore.files(store, commit);
    }

    /**
     * Writes and deletes files in one commit; a deletion names a file or a directory.
     *
     * @return the id of the new commit
     * @throws IllegalArgumentException for a deletion that names nothing, or a path that Git forbids
     */
    public String commit(Map<String, byte[]> changes, Set<String> deletions, String message, Instant when) {
        synchronized (store) {
            Optional<String> parent = head();
            try (ObjectInserter inserter = store.newObjectInserter()) {
                DirCache index = index(parent);
                delete(index, deletions);
                DirCacheEditor editor = index.editor();
                for (Map.Entry<String, byte[]> change : changes.entrySet()) {
                    ObjectId blob = inserter.insert(Constants.OBJ_BLOB, change.getValue());
                    editor.add(new DirCacheEditor.PathEdit(change.getKey()) {
                        @Override
                        public void apply(DirCacheEntry entry) {
                            entry.setFileMode(FileMode.REGULAR_FILE);
                            entry.setObjectId(blob);
                        }
                    });
                }
                editor.finish();
                return add(inserter, index.writeTree(inserter), parent, message, when);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A new commit with the files of an earlier one. */
    public String revert(String earlier, String message, Instant when) {
        synchronized (store) {
            try (ObjectInserter inserter = store.newObjectInserter();
                    RevWalk revisions = new RevWalk(store)) {
                ObjectId tree = revisions.parseCommit(known(earlier)).getTree();
                return add(inserter, tree, head(), message, when);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Whether a commit is the head of the branch or lies before it. */
    public boolean holds(String commit) {
        synchronized (store) {
            try (RevWalk revisions = new RevWalk(store)) {
                Optional<String> head = head();
                return head.isPresent()
                        && ObjectId.isId(commit)
                        && store.getObjectDatabase().has(ObjectId.fromString(commit))
                        && revisions.isMergedInto(
                                revisions.parseCommit(ObjectId.fromString(commit)),
                                revisions.parseCommit(ObjectId.fromString(head.get())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** When a commit was made, to the second; absent for one that is not here. */
    public Optional<Instant> committedAt(String commit) {
        synchronized (store) {
            try (RevWalk revisions = new RevWalk(store)) {
                return ObjectId.isId(commit) && store.getObjectDatabase().has(ObjectId.fromString(commit))
                        ? Optional.of(Instant.ofEpochSecond(revisions
                                .parseCommit(ObjectId.fromString(commit))
                                .getCommitTime()))
                        : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Points the branch at any commit of the repository, as a forced push does; makes the branch if it is new. */
    public void reset(String commit) {
        synchronized (store) {
            try {
                move(known(commit), head());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private DirCache index(Optional<String> commit) throws IOException {
        DirCache index = DirCache.newInCore();
        if (commit.isPresent()) {
            try (RevWalk revisions = new RevWalk(store)) {
                DirCacheBuilder builder = index.builder();
                ObjectId tree =
                        revisions.parseCommit(ObjectId.fromString(commit.get())).getTree();
                builder.addTree(new byte[0], DirCacheEntry.STAGE_0, revisions.getObjectReader(), tree);
                builder.finish();
            }
        }
        return index;
    }

    private void delete(DirCache index, Set<String> deletions) {
        DirCacheEditor editor = index.editor();
        for (String path : deletions) {
            boolean file = index.getEntry(path) != null;
            if (!file && index.getEntriesWithin(path).length == 0) {
                throw new IllegalArgumentException(
                        "cannot delete \"" + path + "\": branch " + branch + " of " + name + " has no such file");
            }
            editor.add(file ? new DirCacheEditor.DeletePath(path) : new DirCacheEditor.DeleteTree(path));
        }
        editor.finish();
    }

    private String add(ObjectInserter inserter, ObjectId tree, Optional<String> parent, String message, Instant when)
            throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        parent.map(ObjectId::fromString).ifPresent(commit::setParentId);
        PersonIdent author = new PersonIdent("Plumbline", "plumbline@localhost", when, ZoneOffset.UTC);
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setEncoding(StandardCharsets.UTF_8);
        commit.setMessage(message);
        ObjectId id = inserter.insert(commit);
        inserter.flush();
        move(id, parent);
        return id.name();
    }

    private void move(ObjectId commit, Optional<String> from) throws IOException {
        RefUpdate update = store.updateRef(ref());
        update.setExpectedOldObjectId(from.map(ObjectId::fromString).orElse(ObjectId.zeroId()));
        update.setNewObjectId(commit);
        RefUpdate.Result result = update.forceUpdate();
        if (result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.REJECTED) {
            throw new IOException("branch " + branch + " of " + name + " did not move: " + result);
        }
    }

    private ObjectId known(String commit) throws IOException {
        ObjectId id = ObjectId.isId(commit) ? ObjectId.fromString(commit) : ObjectId.zeroId();
        if (!store.getObjectDatabase().has(id)) {
            throw new IllegalArgumentException("no commit " + commit + " in " + name);
        }
        return id;
    }

    private String ref() {
        return Constants.R_HEADS + branch;
    }
}
