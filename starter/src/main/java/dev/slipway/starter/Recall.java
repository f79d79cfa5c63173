package dev.slipway.starter;

import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import dev.slipway.records.Archive;
import dev.slipway.records.Unavailable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Releases as Temporal knows them, and as the records know them where Temporal has forgotten them or is away; which is said. */
class Recall {
    private static final Logger LOG = LoggerFactory.getLogger(Recall.class);
    private static final int MOST = 1000;
    private static final String AWAY = "Temporal does not answer";
    private static final String FORGOTTEN = "Temporal has forgotten this release";

    private final Optional<Archive> archive;
    private final Catalogue catalogue;

    Recall(Optional<Archive> archive, Catalogue catalogue) {
        this.archive = archive;
        this.catalogue = catalogue;
    }

    /**
     * The list in an object, so that it can grow.
     *
     * @param note what a reader must know of it, empty when it is what Temporal says now
     * @param cursor of the next page; null on the last one
     */
    record Listing(
            List<ReleaseRow> releases,
            String note,
            @Nullable String cursor) {}

    /**
     * The records.
     *
     * @throws Refusal 501 no-records
     */
    Archive archive() {
        return archive.orElseThrow(Refusal::noRecords);
    }

    /** What Temporal says, or else what the records say. */
    ReleaseView show(ReleaseId id, Supplier<ReleaseView> temporal) {
        try {
            return temporal.get();
        } catch (Refusal refusal) {
            if (refusal.status() != HttpStatus.NOT_FOUND) {
                throw refusal;
            }
            return recorded(id, FORGOTTEN).orElseThrow(() -> refusal);
        } catch (RuntimeException failure) {
            if (!Temporal.unanswered(failure)) {
                throw failure;
            }
            return recorded(id, AWAY).orElseThrow(() -> failure);
        }
    }

    /** The latest attempt of each version, newest first. */
    Listing list(Catalogue.Filter filter, Predicate<ReleaseId> readable, Page page) {
        Optional<List<ReleaseRow>> recorded = recorded(filter, readable);
        List<ReleaseRow> known;
        String note = "";
        try {
            known = catalogue.list(
                    new Catalogue.Filter(filter.service(), Optional.empty(), filter.environment()), readable, MOST);
        } catch (RuntimeException failure) {
            if (!Temporal.unanswered(failure) || recorded.isEmpty()) {
                throw failure;
            }
            known = List.of();
            note = "from the records: " + AWAY;
        }
        if (archive.isPresent() && recorded.isEmpty()) {
            note = "the records do not answer: only what Temporal keeps is shown";
        }
        Page.Cut<ReleaseRow> cut =
                page.of(merged(known, recorded.orElse(List.of()), filter), Recall::key, Comparator.reverseOrder());
        return new Listing(cut.items(), note, cut.cursor());
    }

    /** By the time of the start, in a form that sorts as text; two of one moment by their names. */
    private static String key(ReleaseRow row) {
        return String.format(
                Locale.ROOT,
                "%015d%09d %s",
                row.startedAt().getEpochSecond(),
                row.startedAt().getNano(),
                row.release());
    }

    private static List<ReleaseRow> merged(List<ReleaseRow> known, List<ReleaseRow> recorded, Catalogue.Filter filter) {
        Set<ReleaseId> there = known.stream().map(ReleaseRow::release).collect(Collectors.toSet());
        return Stream.concat(known.stream(), recorded.stream().filter(row -> !there.contains(row.release())))
                .filter(row -> filter.phase()
                        .map(phase -> row.phase().equals(phase.name()))
                        .orElse(true))
                .toList();
    }

    /** Empty when there are no records or they do not answer. */
    private Optional<List<ReleaseRow>> recorded(Catalogue.Filter filter, Predicate<ReleaseId> readable) {
        return asked(records -> records
                .list(
                        filter.service().map(Object::toString).orElse(null),
                        filter.environment().map(Object::toString).orElse(null))
                .stream()
                .filter(listed -> readable.test(listed.release()))
                .map(ReleaseRow::of)
                .toList());
    }

    private Optional<ReleaseView> recorded(ReleaseId id, String why) {
        return asked(records -> records.latest(id))
                .flatMap(found -> found)
                .map(found -> Views.because(
                        found.view(),
                        why + "; this is what the records heard last, at " + found.kept()
                                + (found.view().reason().isEmpty()
                                        ? ""
                                        : ": " + found.view().reason())));
    }

    private <T> Optional<T> asked(Function<Archive, T> question) {
        try {
            return archive.map(question);
        } catch (Unavailable away) {
            LOG.warn("the records do not answer", away);
            return Optional.empty();
        }
    }
}
