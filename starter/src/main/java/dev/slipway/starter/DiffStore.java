package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import java.nio.file.Files;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What releases would have changed, whole, by digest: beside the bundles, written once and never changed. */
@Component
class DiffStore {
    private final DigestFolder folder;

    DiffStore(StarterSettings settings) {
        this.folder = new DigestFolder(settings.data().resolve("diffs"), "diff", ".diff");
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
        folder.keep(digest, () -> text);
    }

    /** The text, empty when it is not here. */
    Optional<String> text(Digest digest) {
        return folder.read(digest, Files::readString);
    }
}
