package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.records.Documents;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What releases would have changed, whole, by digest: beside the bundles, written once and never changed. */
@Component
class DiffStore {
    private final Depot depot;

    DiffStore(StarterSettings settings, Optional<Documents> records) {
        this.depot = new Depot(settings.data(), Documents.Kind.DIFF, ".diff", records, DiffStore::whole);
    }

    /**
     * Keeps one.
     *
     * @throws Refusal 400 malformed when it is not what the digest says
     */
    void keep(Digest digest, byte[] text) {
        if (!whole(digest, text)) {
            throw Refusal.malformed("the diff that was sent is not " + digest);
        }
        depot.keep(digest, () -> text);
    }

    /**
     * The text, empty when there is none.
     *
     * @throws dev.slipway.records.Unavailable when it is not here and the records do not answer
     */
    Optional<String> text(Digest digest) {
        return depot.read(digest).map(text -> new String(text, StandardCharsets.UTF_8));
    }

    Depot depot() {
        return depot;
    }

    private static boolean whole(Digest digest, byte[] text) {
        return Digests.sha256(text).equals(digest);
    }
}
