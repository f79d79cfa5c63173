package dev.slipway.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.StageView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private final Postgres postgres = Postgres.fresh();
    private final Database database = new Database(postgres.owner());
    private final Journal journal = new Journal(database);
    private final Archive archive = new Archive(database);
    private int minute;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aVersionThatWasPromotedIsReadyWithItsDigests() {
        told("podinfo@1.0.0", ended("production", "PROMOTED"));

        assertThat(archive.registry(null, null)).singleElement().satisfies(entry -> {
            assertThat(entry.status()).isEqualTo(Registered.Status.READY);
            assertThat(entry.version().value()).isEqualTo("1.0.0");
            assertThat(entry.digests()).isEqualTo(Told.digests("podinfo@1.0.0"));
            assertThat(entry.readySince()).isEqualTo(Told.BEGIN.plusSeconds(60));
            assertThat(entry.requestedBy()).isEqualTo("ci");
            assertThat(entry.nextVersion()).isNull();
        });
    }

    @Test
    void whileANewVersionIsOnItsWayTheOldOneIsReady() {
        told("podinfo@1.0.0", ended("production", "PROMOTED"));
        told("podinfo@2.0.0", Told.stage("production", "WAITING", null));

        assertThat(rows()).containsExactly("podinfo production 1.0.0 READY next 2.0.0 WAITING");
    }

    @Test
    void whatWasUndoneLeavesTheOldOneReady() {
        told("podinfo@1.0.0", ended("production", "PROMOTED"));
        told("podinfo@2.0.0", ended("production", "ROLLED_BACK"));

        assertThat(rows()).containsExactly("podinfo production 1.0.0 READY");
    }

    @Test
    void theLatestThatWasPromotedTakesThePlace() {
        told("podinfo@2.0.0", ended("production", "PROMOTED"));
        told("podinfo@1.0.0", ended("production", "PROMOTED"));

        assertThat(rows()).containsExactly("podinfo production 1.0.0 READY");
    }

    @Test
    void whereNothingWasPromotedTheFirstVersionIsDeployingOrRolledBack() {
        told("podinfo@1.0.0", Told.stage("production", "RUNNING", null));
        told("other@1.0.0", ended("production", "ROLLED_BACK"));

        assertThat(rows())
                .containsExactly(
                        "other production 1.0.0 ROLLED_BACK", "podinfo production 1.0.0 DEPLOYING next 1.0.0 RUNNING");
    }

    @Test
    void whatNobodyCanVouchForIsUncertainUntilAVersionIsPromotedAgain() {
        told("podinfo@1.0.0", ended("production", "PROMOTED"));
        told("podinfo@2.0.0", ended("production", "LEFT_AS_IS"));
        assertThat(rows()).containsExactly("podinfo production 2.0.0 UNCERTAIN");
        told("podinfo@2.5.0", ended("production", "REFUSED"));
        assertThat(rows()).as("nothing was touched").containsExactly("podinfo production 2.0.0 UNCERTAIN");

        told("podinfo@3.0.0", ended("production", "PROMOTED"));
        assertThat(rows()).containsExactly("podinfo production 3.0.0 READY");

        told("podinfo@4.0.0", Told.stage("production", "STUCK", null));
        assertThat(rows()).containsExactly("podinfo production 4.0.0 UNCERTAIN next 4.0.0 STUCK");
    }

    @Test
    void aStageWhoseTurnHasNotComeOrThatTouchedNothingChangesNothing() {
        told("podinfo@1.0.0", ended("development", "PROMOTED"), ended("production", "PROMOTED"));
        told("podinfo@2.0.0", ended("development", "PROMOTED"), Told.stage("production", "PENDING", null));
        told("podinfo@3.0.0", ended("production", "REFUSED"));

        assertThat(rows()).containsExactly("podinfo development 2.0.0 READY", "podinfo production 1.0.0 READY");
    }

    @Test
    void theTableOfOtherProgramsHasOneRowPerModelAndEnvironment() {
        told("podinfo@1.0.0", ended("production", "PROMOTED"));
        told("podinfo@2.0.0", ended("production", "PROMOTED"));

        assertThat(postgres.rows(
                        "postgres",
                        "select name, version, deployment_environment, deployment_status from model_registry_entries"))
                .containsExactly("podinfo 2.0.0 production ready");
    }

    @Test
    void theListHasTheLatestAttemptOfEachVersionNewestFirst() {
        told("podinfo@1.0.0", ended("development", "ROLLED_BACK"));
        told("other@1.0.0", ended("development", "PROMOTED"), ended("production", "PROMOTED"));
        told("podinfo@1.0.0", ended("development", "PROMOTED"));

        assertThat(archive.list(null, null))
                .extracting(listed -> listed.release() + " " + listed.attempt())
                .containsExactly("podinfo@1.0.0 3", "other@1.0.0 2");
        assertThat(archive.list("other", null)).hasSize(1);
        assertThat(archive.list(null, "production"))
                .extracting(listed -> listed.release().toString())
                .containsExactly("other@1.0.0");
        assertThat(archive.latest(ReleaseId.parse("podinfo@1.0.0"))
                        .orElseThrow()
                        .view()
                        .links())
                .isEmpty();
        assertThat(archive.latest(ReleaseId.parse("podinfo@9.9.9"))).isEmpty();
    }

    private static StageView ended(String environment, @Nullable String outcome) {
        return Told.stage(environment, "DONE", outcome);
    }

    /** A release that tells its first and its last fact; each comes a minute after the one before and is its own attempt. */
    private void told(String release, StageView... stages) {
        minute++;
        String environment = stages[stages.length - 1].environment().value();
        journal.append(
                "run-" + minute,
                1,
                List.of(
                        Told.fact(minute, "", Fact.Kind.REQUESTED, "requested"),
                        Told.fact(minute, environment, Fact.Kind.ENDED, "ended")),
                Told.view(release, minute, minute, Phase.RUNNING, null, stages));
    }

    private List<String> rows() {
        return archive.registry(null, null).stream()
                .map(entry -> entry.service() + " " + entry.environment() + " " + entry.version() + " " + entry.status()
                        + (entry.nextVersion() == null ? "" : " next " + entry.nextVersion() + " " + entry.nextState()))
                .toList();
    }
}
