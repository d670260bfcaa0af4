package dev.plumbline.simulation.node;

import dev.plumbline.simulation.Files;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The files of one container: its mounts, and its own layer for all else. */
final class ContainerFiles implements Files {

    private static final List<String> USUAL = List.of(
            "bin",
            "dev",
            "etc",
            "home",
            "mnt",
            "opt",
            "proc",
            "root",
            "run",
            "srv",
            "tmp",
            "usr/local",
            "usr/share",
            "var/lib",
            "var/log",
            "var/run",
            "var/tmp",
            "var/www");

    private final List<Mount> mounts;

    ContainerFiles(List<Mount> mounts) {
        Disk own = new Disk();
        USUAL.forEach(own::makeDirectory);
        Mount layer = new Mount("", own, "", false);
        this.mounts = java.util.stream.Stream.concat(mounts.stream(), java.util.stream.Stream.of(layer))
                .sorted(Comparator.comparingInt((Mount mount) -> mount.path().length())
                        .reversed())
                .toList();
    }

    /** The path without dots, doubled slashes and a slash at the end. */
    static String normal(String path) {
        Deque<String> steps = new ArrayDeque<>();
        for (String step : path.split("/")) {
            if (step.equals("..")) {
                steps.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return "/" + String.join("/", steps);
    }

    private Mount mount(String path) {
        return mounts.stream()
                .filter(mount -> mount.relative(path).isPresent())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Optional<byte[]> read(String path) {
        String normal = normal(path);
        Mount mount = mount(normal);
        return mount.relative(normal).flatMap(mount.volume()::read);
    }

    @Override
    public void write(String path, byte[] content) {
        String normal = normal(path);
        Mount mount = mount(normal);
        disk(mount, normal).write(mount.relative(normal).orElseThrow(), content);
    }

    private static Disk disk(Mount mount, String path) {
        if (mount.readOnly()) {
            throw new IllegalStateException(path + ": Read-only file system");
        }
        return mount.volume().disk().orElseThrow(() -> new IllegalStateException(path + ": Read-only file system"));
    }

    @Override
    public void delete(String path) {
        String normal = normal(path);
        Mount mount = mount(normal);
        disk(mount, normal).delete(mount.relative(normal).orElseThrow());
    }

    @Override
    public List<String> list(String directory) {
        String normal = normal(directory);
        String prefix = normal.equals("/") ? "/" : normal + "/";
        TreeSet<String> found = new TreeSet<>();
        for (Mount mount : mounts) {
            for (String file : mount.volume().files().keySet()) {
                mount.absolute(file)
                        .filter(path -> path.equals(normal) || path.startsWith(prefix))
                        .filter(path -> mount(path).equals(mount))
                        .ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    @Override
    public boolean directory(String path) {
        String normal = normal(path);
        if (read(normal).isPresent()) {
            return false;
        }
        Mount mount = mount(normal);
        boolean made = mount.volume()
                .disk()
                .map(disk -> disk.directory(mount.relative(normal).orElseThrow()))
                .orElse(false);
        boolean above = mounts.stream().anyMatch(other -> (other.path() + "/").startsWith(normal + "/"));
        return made
                || above
                || normal.equals("/")
                || normal.equals("/tmp")
                || !list(normal).isEmpty();
    }

    @Override
    public void makeDirectory(String path) {
        String normal = normal(path);
        Mount mount = mount(normal);
        disk(mount, normal).makeDirectory(mount.relative(normal).orElseThrow());
    }
}
