package dev.slipway.activities;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of this process alone (0700) among the temporary ones, gone when it is closed. What a process that was killed
 * could not remove, the next one does that makes a folder of the same prefix: a process holds a lock in each of its
 * folders, and the system takes it from whoever dies.
 */
public final class PrivateFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final String LOCK = ".in-use";

    /** Never looked into: to close a file that one has locked gives the lock back, whichever channel is closed (fcntl). */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel held;

    private PrivateFolder(Path path, FileChannel held) {
        this.path = path;
        this.held = held;
    }

    /**
     * A new folder in {@code java.io.tmpdir}; folders of that prefix whose process is gone are removed, if they are this
     * user's and nobody else's.
     *
     * @throws UncheckedIOException when there is no place for it
     */
    public static PrivateFolder create(String prefix) {
        return create(Path.of(System.getProperty("java.io.tmpdir")), prefix);
    }

    /** One at a time, so that nobody looks into a folder that is ours before it is known to be. */
    static synchronized PrivateFolder create(Path parent, String prefix) {
        try {
            PrivateFolder folder = locked(parent, prefix);
            folder.sweep(parent, prefix);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a private folder in " + parent, e);
        }
    }

    /** Another process that sweeps may have taken the folder for a dead one's before it was locked: then another one. */
    private static PrivateFolder locked(Path parent, String prefix) throws IOException {
        while (true) {
            Path path = Files.createTempDirectory(parent, prefix, PosixFilePermissions.asFileAttribute(PRIVATE));
            OURS.add(path);
            FileChannel channel =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (channel.tryLock() != null && Files.exists(path.resolve(LOCK))) {
                return new PrivateFolder(path, channel);
            }
            channel.close();
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    private void sweep(Path parent, String prefix) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path folder : folders) {
                if (!OURS.contains(folder)) {
                    removeIfLeft(folder);
                }
            }
        }
    }

    private void removeIfLeft(Path folder) {
        try {
            if (isLikeOurs(folder)) {
                removeIfNobodyHolds(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot look after {}, which another process may have left: {}", folder, e.toString());
        }
    }

    /** In a folder that others may write to, a link could be put where a file was seen. */
    private boolean isLikeOurs(Path folder) throws IOException {
        PosixFileAttributes its = attributes(folder);
        return its.isDirectory()
                && its.permissions().equals(PRIVATE)
                && its.owner().equals(attributes(path).owner())
                && Files.isRegularFile(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS);
    }

    private static PosixFileAttributes attributes(Path folder) throws IOException {
        return Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void removeIfNobodyHolds(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            if (free != null) {
                remove(folder);
                LOG.info("removed {}, which a process that is gone had left", folder);
            }
        }
    }

    /** Removes it with all that is in it. */
    @Override
    public void close() {
        try {
            remove(path);
            held.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }

    /** Removes a folder with all that is in it; follows no links. */
    public static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
