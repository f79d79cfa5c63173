package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.records.Documents;
import dev.slipway.records.Unavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents of one kind by their digest. With records they are kept there, so that one backup has everything and starters share
 * them; what cannot be brought there yet waits in a folder, since no release waits for the database (docs/decisions/0020). What
 * was brought or read is cached beside it. Without records the folder is all there is.
 */
final class Depot {
    private static final Logger LOG = LoggerFactory.getLogger(Depot.class);
    /** Longer than a release, so that an outage of the database finds it here. */
    private static final Duration CACHED = Duration.ofDays(30);

    private final Documents.Kind kind;
    private final DigestFolder waiting;
    private final DigestFolder cache;
    private final Optional<Documents> records;
    private final BiPredicate<Digest, byte[]> whole;

    /**
     * @param data the starter's folder
     * @param ending of the names of files, such as {@code .tgz}
     * @param whole whether content is what its digest says
     */
    Depot(
            Path data,
            Documents.Kind kind,
            String ending,
            Optional<Documents> records,
            BiPredicate<Digest, byte[]> whole) {
        String plural = kind.word() + "s";
        this.kind = kind;
        this.waiting = new DigestFolder(data.resolve(plural), kind.word(), ending);
        this.cache = new DigestFolder(data.resolve("cache").resolve(plural), kind.word(), ending);
        this.records = records;
        this.whole = whole;
    }

    /**
     * Keeps one for good before it returns: in the records, or in the folder when they do not answer.
     *
     * @param content what the digest is of
     */
    void keep(Digest digest, Supplier<byte[]> content) {
        waiting.keep(digest, content);
        records.ifPresent(kept -> {
            try {
                bring(digest, kept);
            } catch (Unavailable away) {
                LOG.warn("the {} {} waits in {} for the records: {}", kind.word(), digest, waiting, away.getMessage());
            }
        });
    }

    /**
     * The content, empty when nobody has it.
     *
     * @throws Unavailable when it is not here and the records do not answer, so that nobody knows
     * @throws Refusal 500 damaged when what is kept is not what its digest says
     */
    Optional<byte[]> read(Digest digest) {
        Optional<byte[]> near =
                waiting.read(digest).or(() -> cache.read(digest)).filter(it -> whole.test(digest, it));
        return near.isPresent() ? near : records.flatMap(kept -> far(digest, kept));
    }

    /**
     * Brings what waits into the records.
     *
     * @return how many
     * @throws Unavailable when they do not answer; the rest waits on
     */
    int moveIn() {
        return records.map(this::moveInto).orElse(0);
    }

    /** Forgets what was cached long ago. */
    void trim(Instant now) {
        cache.clear(now.minus(CACHED));
    }

    private int moveInto(Documents kept) {
        int brought = 0;
        for (Digest digest : waiting.digests()) {
            brought += bring(digest, kept) ? 1 : 0;
        }
        return brought;
    }

    private boolean bring(Digest digest, Documents kept) {
        Optional<byte[]> content = waiting.read(digest);
        if (content.isEmpty()) {
            return false;
        }
        if (!whole.test(digest, content.get())) {
            LOG.error(
                    "the {} {} in {} is damaged and stays there: restore it from a backup",
                    kind.word(),
                    digest,
                    waiting);
            return false;
        }
        kept.keep(kind, digest, content.get());
        waiting.move(digest, cache);
        return true;
    }

    private Optional<byte[]> far(Digest digest, Documents kept) {
        Optional<byte[]> content = kept.find(kind, digest);
        content.ifPresent(it -> {
            if (!whole.test(digest, it)) {
                LOG.error("the {} {} in the records is damaged", kind.word(), digest);
                throw Refusal.damaged(kind.word(), digest);
            }
            cache.keep(digest, () -> it);
        });
        return content;
    }
}
