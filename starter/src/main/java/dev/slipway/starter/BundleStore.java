package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.pipeline.Bundle;
import java.nio.file.Files;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The bundles of all releases by their digest. Writing one twice changes nothing; none is ever changed. */
@Component
class BundleStore {
    private final DigestFolder folder;

    BundleStore(StarterSettings settings) {
        this.folder = new DigestFolder(settings.data().resolve("bundles"), "bundle", ".tgz");
    }

    /** Keeps a bundle, packed anew so that nothing travels beside its files. */
    void keep(Bundle bundle) {
        folder.keep(bundle.digest(), bundle::archive);
    }

    /** The archive, empty when it is not here. */
    Optional<byte[]> archive(Digest digest) {
        return folder.read(digest, Files::readAllBytes);
    }
}
