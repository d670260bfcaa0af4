package dev.plumbline.gitops;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * JGit without the Git configuration of the person who runs us: a proxy or a rewritten address there would change what
 * is measured, and looking for it runs {@code git} and probes the file system for a second or more.
 */
final class BareSystem extends SystemReader.Delegate {

    private BareSystem(SystemReader system) {
        super(system);
    }

    static synchronized void install() {
        SystemReader present = SystemReader.getInstance();
        if (!(present instanceof BareSystem)) {
            SystemReader.setInstance(new BareSystem(present));
        }
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    private static final class Empty extends FileBasedConfig {
        Empty(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // there is no file
        }

        @Override
        public void save() {
            // nothing is kept
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
