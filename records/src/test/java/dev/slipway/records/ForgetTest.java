package dev.slipway.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Authors;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.model.Recovery;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deleting old attempts. */
class ForgetTest {
    private static final String YEAR_AGO = "now() - interval '1 year'";
    private static final Instant OLD = Instant.now().minus(Duration.ofDays(800));

    private final Postgres postgres = Postgres.fresh();
    private final Database database = new Database(postgres.owner());
    private final Journal journal = new Journal(database);
    private final Archive archive = new Archive(database);
    private final Documents documents = new Documents(database);
    private int runs;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatEndedBeforeIsDeletedWholeAndThatStaysKnown() {
        told("podinfo@1.0.0", OLD, "PROMOTED", "one");
        told("podinfo@2.0.0", OLD.plusSeconds(9000), "PROMOTED", "two");

        assertThat(forget())
                .containsExactly(
                        "kept podinfo@2.0.0 attempt 1 the registry tells of it: podinfo in production",
                        "deleted podinfo@1.0.0 attempt 1 2 facts up to " + head("run-1"));

        assertThat(archive.facts(ReleaseId.parse("podinfo@1.0.0"))).isEmpty();
        assertThat(archive.latest(ReleaseId.parse("podinfo@1.0.0"))).isEmpty();
        assertThat(rows("select run_id from stages")).containsExactly("run-2");
        assertThat(rows("select release, attempt, facts, forgotten_by from forgotten"))
                .containsExactly("podinfo@1.0.0 1 2 postgres");
        assertThat(rows("select length(head) from forgotten")).containsExactly("64");
    }

    @Test
    void theRegistrySaysTheSameBeforeAndAfter() {
        told("podinfo@1.0.0", OLD, "PROMOTED", "one");
        told("podinfo@2.0.0", OLD.plusSeconds(100), "PROMOTED", "two");
        told("podinfo@3.0.0", OLD.plusSeconds(200), "ROLLED_BACK", "three");
        told("podinfo@4.0.0", OLD.plusSeconds(300), "REFUSED", "four");
        told("other@1.0.0", OLD.plusSeconds(400), "PROMOTED", "five");
        told("other@2.0.0", OLD.plusSeconds(500), "LEFT_AS_IS", "six");
        List<Registered> before = archive.registry(null, null);

        assertThat(forget())
                .filteredOn(row -> row.startsWith("deleted"))
                .singleElement()
                .asString()
                .contains("podinfo@1.0.0");

        assertThat(archive.registry(null, null)).isEqualTo(before).hasSize(2);
    }

    @Test
    void whatIsNewOrHasNotEndedIsKept() {
        told("podinfo@1.0.0", OLD, null, "one");
        told("podinfo@2.0.0", OLD, "ROLLED_BACK", "two");
        told("podinfo@3.0.0", Instant.now().minus(Duration.ofDays(300)), "ROLLED_BACK", "three");
        told("podinfo@4.0.0", Instant.now().minus(Duration.ofDays(200)), "PROMOTED", "four");

        assertThat(forget()).singleElement().asString().startsWith("deleted podinfo@2.0.0 attempt 1");

        assertThat(rows("select release from attempts order by 1"))
                .containsExactly("podinfo@1.0.0", "podinfo@3.0.0", "podinfo@4.0.0");
    }

    @Test
    void bundlesAndDiffsGoWhenNoAttemptRefersToThem() {
        documents(Documents.Kind.BUNDLE, "one", "shared", "two", "stray");
        documents(Documents.Kind.DIFF, "one", "shared", "two");
        told("podinfo@1.0.0", OLD, "ROLLED_BACK", "one");
        told("podinfo@1.1.0", OLD.plusSeconds(100), "ROLLED_BACK", "shared");
        told("podinfo@2.0.0", OLD.plusSeconds(200), "PROMOTED", "two");
        told("other@2.0.0", OLD.plusSeconds(200), null, "shared");
        documents.keep(Documents.Kind.BUNDLE, digest("new"), bytes("new"));
        documents.keep(Documents.Kind.BUNDLE, digest("stray"), bytes("stray"));

        assertThat(forget())
                .filteredOn(row -> row.contains("sha256"))
                .containsExactlyInAnyOrder(
                        "deleted bundle " + digest("one") + " no attempt refers to it",
                        "deleted diff " + digest("one") + " no attempt refers to it");

        assertThat(documents.find(Documents.Kind.BUNDLE, digest("one"))).isEmpty();
        for (String kept : List.of("shared", "two", "new", "stray")) {
            assertThat(documents.find(Documents.Kind.BUNDLE, digest(kept)))
                    .as(kept)
                    .isPresent();
        }
    }

    @Test
    void whatWasKeptAMomentAgoIsNotAskedToBeForgotten() {
        told("podinfo@1.0.0", OLD, "ROLLED_BACK", "one");

        for (String before : List.of("now() - interval '23 hours'", "now() + interval '1 day'", "null")) {
            assertThatThrownBy(() -> rows("select * from forget(" + before + ")"))
                    .as(before)
                    .hasMessageContaining("give a time at least a day ago");
        }
        assertThat(rows("select count(*) from facts")).containsExactly("2");
    }

    @Test
    void afterItFactsStayAsTheyAre() {
        told("podinfo@1.0.0", OLD, null, "one");

        assertThatThrownBy(() ->
                        postgres.execute("begin; select * from forget(" + YEAR_AGO + "); delete from facts; commit"))
                .hasMessageContaining("facts stay as they are: DELETE");
    }

    @Test
    void aRecoveryGoesWithTheAttemptWhoseStageWasGone() {
        told("podinfo@1.0.0", OLD, "ROLLED_BACK", "one");
        told("podinfo@2.0.0", OLD.plusSeconds(9000), "PROMOTED", "two");
        for (String release : List.of("podinfo@1.0.0", "podinfo@2.0.0")) {
            StageView stage = Told.stage("production", "DONE", release.contains("1.0.0") ? "ROLLED_BACK" : "PROMOTED");
            journal.append(
                    1,
                    List.of(fact(OLD, Fact.Kind.ENDED, Map.of())),
                    new Recovery("recovery-of-" + release, ReleaseId.parse(release), 1, "gone", "ci", stage, OLD, OLD));
        }

        assertThat(forget())
                .contains("deleted podinfo@1.0.0 attempt 1, recovery in production 1 facts up to "
                        + rows("select head from forgotten where run_id = 'recovery-of-podinfo@1.0.0'")
                                .get(0));

        assertThat(rows("select run_id from recoveries")).containsExactly("recovery-of-podinfo@2.0.0");
        assertThat(archive.facts(ReleaseId.parse("podinfo@1.0.0"))).isEmpty();
        assertThat(archive.facts(ReleaseId.parse("podinfo@2.0.0"))).hasSize(3);
    }

    private List<String> forget() {
        return rows("select * from forget(" + YEAR_AGO + ")");
    }

    private List<String> rows(String query) {
        return postgres.rows("postgres", query);
    }

    private String head(String run) {
        return rows("select head from forgotten where run_id = '" + run + "'").get(0);
    }

    /** Documents that were kept long ago. */
    private void documents(Documents.Kind kind, String... names) {
        for (String name : names) {
            documents.keep(kind, digest(name), bytes(name));
        }
        postgres.execute("update documents set kept_at = '2000-01-01'");
    }

    /** An attempt that begins then, asks, and ends an hour later unless there is no outcome; in production alone. */
    private void told(String release, Instant begin, @Nullable String outcome, String document) {
        Instant end = begin.plus(Duration.ofHours(1));
        StageView stage = Told.stage("production", outcome == null ? "RUNNING" : "DONE", outcome);
        ReleaseView begun = Told.view(release, 1, 0, Phase.RUNNING, null, stage);
        ReleaseView view = new ReleaseView(
                begun.release(),
                begun.service(),
                begun.version(),
                1,
                outcome == null ? Phase.RUNNING : Phase.DONE,
                outcome,
                "",
                "",
                begun.digests(),
                "ci",
                Authors.NONE,
                List.of(stage),
                Map.of(),
                begin,
                outcome == null ? null : end);
        journal.append(
                "run-" + ++runs,
                1,
                List.of(
                        fact(
                                begin,
                                Fact.Kind.REQUESTED,
                                Map.of("bundle", digest(document).value())),
                        fact(
                                end,
                                Fact.Kind.ASKED,
                                Map.of("diff", digest(document).value()))),
                view);
    }

    private static Fact fact(Instant at, Fact.Kind kind, Map<String, String> details) {
        Optional<EnvironmentName> where =
                Optional.of(new EnvironmentName("production")).filter(production -> kind != Fact.Kind.REQUESTED);
        return new Fact(at, where, kind, kind.name(), details, List.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Digest digest(String text) {
        return Digests.sha256(bytes(text));
    }
}
