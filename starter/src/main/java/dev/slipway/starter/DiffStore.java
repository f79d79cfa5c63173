package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** What releases would have changed, whole, by digest: beside the bundles, written once and never changed. */
@Component
class DiffStore {
    private final Path folder;

    @Autowired
    DiffStore(StarterSettings settings) {
        this(settings.data().resolve("diffs"));
    }

    DiffStore(Path folder) {
        this.folder = folder;
        try {
            PrivateFiles.folder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the store of diffs " + folder, e);
        }
    }

    /**
     * Keeps one.
     *
     * @throws Refusal 400 malformed when it is not what the digest says
     */
    void keep(Digest digest, byte[] text) {
        if (!Digests.sha256(text).equals(digest)) {
            throw Refusal.malformed("the diff that was sent is not " + digest);
        }
        Path file = file(digest);
        if (Files.exists(file)) {
            return;
        }
        try {
            PrivateFiles.write(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the diff " + digest, e);
        }
    }

    /** The text, empty when it is not here. */
    Optional<String> text(Digest digest) {
        try {
            return Optional.of(Files.readString(file(digest), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the diff " + digest, e);
        }
    }

    private Path file(Digest digest) {
        return folder.resolve(digest.value().substring("sha256:".length()) + ".diff");
    }
}
