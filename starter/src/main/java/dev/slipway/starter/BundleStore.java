package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.pipeline.Bundle;
import dev.slipway.pipeline.BundleException;
import dev.slipway.records.Documents;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The bundles of all releases by their digest. Writing one twice changes nothing; none is ever changed. */
@Component
class BundleStore {
    private final Depot depot;

    BundleStore(StarterSettings settings, Optional<Documents> records) {
        this.depot = new Depot(settings.data(), Documents.Kind.BUNDLE, ".tgz", records, BundleStore::whole);
    }

    /** Keeps a bundle, packed anew so that nothing travels beside its files. */
    void keep(Bundle bundle) {
        depot.keep(bundle.digest(), bundle::archive);
    }

    /**
     * The archive, empty when there is none.
     *
     * @throws dev.slipway.records.Unavailable when it is not here and the records do not answer
     */
    Optional<byte[]> archive(Digest digest) {
        return depot.read(digest);
    }

    Depot depot() {
        return depot;
    }

    private static boolean whole(Digest digest, byte[] archive) {
        try {
            return Bundle.read(archive).digest().equals(digest);
        } catch (BundleException damaged) {
            return false;
        }
    }
}
