package dev.slipway.activities.bundle;

import dev.slipway.activities.PrivateFolder;
import dev.slipway.model.Digest;
import dev.slipway.pipeline.Bundle;
import dev.slipway.pipeline.BundleException;
import dev.slipway.workflows.api.FailureType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

/**
 * The starter's bundles in a private cache of this worker. A bundle is fetched once, its content is checked against its
 * digest, and only then it gets its name in the cache, in one step: what is there is whole.
 */
public final class BundleStore implements Bundles, AutoCloseable {
    private final BundleSource source;
    private final Path cache;
    private final Optional<PrivateFolder> own;

    /**
     * @param cache a folder of this worker alone; made with mode 0700 when it is not there
     */
    public BundleStore(BundleSource source, Path cache) {
        this(source, cache.toAbsolutePath(), Optional.empty());
    }

    private BundleStore(BundleSource source, Path cache, Optional<PrivateFolder> own) {
        this.source = source;
        this.cache = cache;
        this.own = own;
    }

    /** In a temporary folder of its own, which is gone when the store is closed. */
    public static BundleStore temporary(BundleSource source) {
        PrivateFolder own = PrivateFolder.create("slipway-bundles-");
        return new BundleStore(source, own.path(), Optional.of(own));
    }

    @Override
    public void close() {
        own.ifPresent(PrivateFolder::close);
    }

    @Override
    public Path folder(Digest digest) {
        Path folder = cache.resolve(digest.hex());
        if (!Files.isDirectory(folder)) {
            unpack(verified(digest), folder);
        }
        return folder;
    }

    private Bundle verified(Digest digest) {
        try {
            Bundle bundle = Bundle.read(source.fetch(digest));
            if (bundle.digest().equals(digest)) {
                return bundle;
            }
            throw FailureType.INVALID_INPUT.failure(
                    "the bundle " + digest + " that was sent is another one, " + bundle.digest());
        } catch (BundleException e) {
            throw FailureType.INVALID_INPUT.failure("the bundle " + digest + " cannot be used: " + e.getMessage());
        }
    }

    private void unpack(Bundle bundle, Path folder) {
        Path fresh = cache.resolve("." + folder.getFileName() + "-" + UUID.randomUUID());
        try {
            Files.createDirectories(
                    cache, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            bundle.unpackTo(fresh);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(fresh);
            // another activity may have been faster with the very same content
            if (!Files.isDirectory(folder)) {
                throw FailureType.UNKNOWN.failure("cannot unpack a bundle into " + cache + ": " + e);
            }
        }
    }

    private static void delete(Path folder) {
        try {
            if (Files.exists(folder)) {
                PrivateFolder.remove(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
