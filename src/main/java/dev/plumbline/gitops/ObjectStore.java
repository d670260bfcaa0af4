package dev.plumbline.gitops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** JGit's repository in memory, and how its files are read. */
final class ObjectStore {

    private ObjectStore() {}

    static Repository inMemory(String name) {
        BareSystem.install();
        Repository repository = new InMemoryRepository(new DfsRepositoryDescription(name));
        try {
            repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + GitRepository.MAIN);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail to be read
        }
        return repository;
    }

    /** @throws IllegalArgumentException when the repository has no such commit */
    static SortedMap<String, byte[]> files(Repository repository, String commit) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (RevWalk revisions = new RevWalk(repository);
                TreeWalk tree = new TreeWalk(repository)) {
            tree.addTree(revisions.parseCommit(ObjectId.fromString(commit)).getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                // a link or a submodule is no file: what it points to is not in this commit
                if (FileMode.REGULAR_FILE.equals(tree.getRawMode(0))
                        || FileMode.EXECUTABLE_FILE.equals(tree.getRawMode(0))) {
                    byte[] content = tree.getObjectReader()
                            .open(tree.getObjectId(0), Constants.OBJ_BLOB)
                            .getBytes();
                    files.put(tree.getPathString(), content);
                }
            }
        } catch (MissingObjectException e) {
            throw new IllegalArgumentException("no commit " + commit + " in this repository", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableSortedMap(files);
    }
}
