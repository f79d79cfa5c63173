package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.pipeline.Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The bundles of all releases by their digest. Writing one twice changes nothing; none is ever changed. */
@Component
class BundleStore {
    private final Path folder;

    @Autowired
    BundleStore(StarterSettings settings) {
        this(settings.data().resolve("bundles"));
    }

    BundleStore(Path folder) {
        this.folder = folder;
        try {
            PrivateFiles.folder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the bundle store " + folder, e);
        }
    }

    /** Keeps a bundle, packed anew so that nothing travels beside its files. */
    void keep(Bundle bundle) {
        Path file = file(bundle.digest());
        if (Files.exists(file)) {
            return;
        }
        try {
            PrivateFiles.write(file, bundle.archive());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the bundle " + bundle.digest(), e);
        }
    }

    /** The archive, empty when it is not here. */
    Optional<byte[]> archive(Digest digest) {
        try {
            return Optional.of(Files.readAllBytes(file(digest)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bundle " + digest, e);
        }
    }

    private Path file(Digest digest) {
        return folder.resolve(digest.value().substring("sha256:".length()) + ".tgz");
    }
}
