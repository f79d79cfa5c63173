package dev.slipway.activities.orphan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.kubernetes.MockCluster;
import dev.slipway.model.Backend;
import dev.slipway.model.BackendWeight;
import dev.slipway.model.Digests;
import dev.slipway.model.Environment;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Resource;
import dev.slipway.model.ServiceName;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Remains;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.api.Trace;
import dev.slipway.workflows.undo.Stamp;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrphanActivitiesTest {
    private static final String RUN = "0b2a7c1e-1111-4222-8333-123456789abc";
    private static final String OTHER = "0b2a7c1e-9999-4222-8333-123456789abc";
    private static final ReleaseId RELEASE = ReleaseId.parse("podinfo@2.0.0");
    private static final ServiceName PODINFO = new ServiceName("podinfo");
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final Environment ENVIRONMENT =
            new Environment(PRODUCTION, true, "production", Duration.ofMinutes(1), 10, Duration.ofMinutes(1));
    private static final HelmTarget STABLE = new HelmTarget(PRODUCTION, "production", "podinfo");
    private static final Backend TO_STABLE = new Backend("podinfo", 80);
    private static final Backend TO_CANARY = new Backend("podinfo-canary", 80);
    private static final RouteTarget ROUTE = new RouteTarget(PRODUCTION, "production", "podinfo", TO_STABLE, TO_CANARY);
    private static final String MARK = "podinfo@2.0.0 attempt 1 run " + RUN;

    private final MockCluster cluster = new MockCluster();
    private final Leftovers left = new Leftovers(cluster.client(), "production");
    private final OrphanActivities orphans = new OrphanActivities(cluster.client());

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static Claim claim() {
        return new Claim(
                new Stamp(RELEASE, 1, PRODUCTION, RUN),
                ENVIRONMENT,
                STABLE,
                Optional.of(ROUTE),
                Map.of(
                        Resource.CANARY,
                        new PriorState.Absent(),
                        Resource.ROUTE,
                        new PriorState.RouteBackends(List.of(new BackendWeight(TO_STABLE, 1)), 3)),
                4);
    }

    private static String said(String resource, long epoch, String prior) {
        return "slipway podinfo@2.0.0 attempt 1 production " + resource + " run=" + RUN + " epoch=" + epoch + " prior="
                + prior + " writer=abcd";
    }

    private static Map<String, Integer> split(int canary) {
        return new TreeMap<>(Map.of("podinfo", 100 - canary, "podinfo-canary", canary));
    }

    private void inARamp() {
        left.claim(claim(), 6);
        left.revision("podinfo-canary", 1, "deployed", RUN, 5, said("CANARY", 5, "none"));
        left.route("podinfo", MARK, 7, split(25));
    }

    @Test
    void findsTheClaimTheCanaryAndItsShare() {
        inARamp();

        assertThat(orphans.find(ENVIRONMENT))
                .allSatisfy(trace -> {
                    assertThat(trace.release()).isEqualTo(RELEASE);
                    assertThat(trace.stageRun()).isEqualTo(RUN);
                    assertThat(trace.slot()).hasToString("podinfo:production");
                })
                .extracting(Trace::what)
                .containsExactly(
                        "Lease slipway-podinfo: the claim of podinfo@2.0.0 attempt 1 is open, [ROUTE, CANARY] touched",
                        "HTTPRoute podinfo still has a canary: podinfo:80=75,podinfo-canary:80=25 (epoch 7)",
                        "Helm release podinfo-canary revision 1 is deployed");
    }

    @Test
    void findsAHelmOperationThatWasBegunAndNotEnded() {
        left.claim(claim(), 6);
        left.revision("podinfo", 3, "superseded", OTHER, 1, "");
        left.revision("podinfo", 4, "deployed", OTHER, 1, "");
        left.revision("podinfo", 5, "pending-upgrade", RUN, 9, "Preparing upgrade");

        assertThat(orphans.find(ENVIRONMENT))
                .extracting(Trace::what)
                .contains("Helm release podinfo revision 5 is pending-upgrade");
    }

    @Test
    void aPromotedServiceLeavesNothingToFind() {
        left.revision("podinfo", 4, "superseded", OTHER, 1, "");
        left.revision("podinfo", 5, "deployed", RUN, 9, said("STABLE", 9, "4"));
        left.route("podinfo", MARK, 7, Map.of("podinfo", 100));

        assertThat(orphans.find(ENVIRONMENT)).isEmpty();
        assertThat(orphans.remains(ENVIRONMENT, PODINFO)).isEqualTo(Remains.NONE);
    }

    private void inASoakUnderLoad() {
        left.revision("podinfo", 4, "superseded", OTHER, 1, "");
        left.revision("podinfo", 5, "deployed", RUN, 9, said("STABLE", 9, "4"));
        left.job("load-test-1234abcd-1", MARK, RUN, 12);
    }

    @Test
    void findsAJobThatStillSendsRequests() {
        inASoakUnderLoad();

        assertThat(orphans.find(ENVIRONMENT)).singleElement().satisfies(trace -> {
            assertThat(trace.release()).isEqualTo(RELEASE);
            assertThat(trace.stageRun()).isEqualTo(RUN);
            assertThat(trace.what()).isEqualTo("Job load-test-1234abcd-1 of a soak's load is still there");
        });
    }

    @Test
    void withoutTheLeaseAJobTellsThatALoadIsOwed() {
        inASoakUnderLoad();

        Remains remains = orphans.remains(ENVIRONMENT, PODINFO);

        assertThat(remains.missing()).isEmpty();
        assertThat(remains.epoch()).isEqualTo(12);
        assertThat(remains.claim().orElseThrow().stamp()).isEqualTo(new Stamp(RELEASE, 1, PRODUCTION, RUN));
        assertThat(remains.claim().orElseThrow().ledger())
                .containsOnlyKeys(Resource.LOAD, Resource.STABLE)
                .containsEntry(Resource.LOAD, new PriorState.Absent());
    }

    @Test
    void aJobOfSomebodyElseIsNotOurs() {
        left.job("nightly-1", "made by hand", "", 0);

        assertThat(orphans.find(ENVIRONMENT)).isEmpty();
    }

    @Test
    void aCanaryOfSomebodyElseIsNotOurs() {
        left.revision("other-canary", 1, "deployed", RUN, 5, "Install complete");

        assertThat(orphans.find(ENVIRONMENT)).isEmpty();
    }

    @Test
    void tellsTheClaimTheHighestEpochAndWhatTheStageLeft() {
        inARamp();
        left.revision("podinfo", 5, "deployed", RUN, 11, said("STABLE", 11, "4"));

        Remains remains = orphans.remains(ENVIRONMENT, PODINFO);

        assertThat(remains.claim()).contains(claim());
        assertThat(remains.epoch()).isEqualTo(11);
        assertThat(remains.left()).containsExactly(new Footprint.Release(STABLE, 5));
        assertThat(remains.missing()).isEmpty();
        assertThat(remains.found()).hasSize(3);
    }

    @Test
    void withoutTheLeaseTheMarksTellWhatWasThere() {
        inARamp();
        left.revision("podinfo", 4, "superseded", OTHER, 1, "");
        left.revision("podinfo", 5, "deployed", RUN, 11, said("STABLE", 11, "4"));
        left.lose("podinfo");

        Remains remains = orphans.remains(ENVIRONMENT, PODINFO);

        Claim rebuilt = remains.claim().orElseThrow();
        assertThat(rebuilt.stamp()).isEqualTo(new Stamp(RELEASE, 1, PRODUCTION, RUN));
        assertThat(rebuilt.stable()).isEqualTo(STABLE);
        assertThat(rebuilt.route()).contains(ROUTE);
        assertThat(rebuilt.ledger())
                .containsEntry(Resource.CANARY, new PriorState.Absent())
                .containsEntry(
                        Resource.ROUTE, new PriorState.RouteBackends(List.of(new BackendWeight(TO_STABLE, 100)), 7))
                .containsEntry(
                        Resource.STABLE,
                        new PriorState.HelmRevision(
                                4,
                                "podinfo-1.0.4",
                                "6",
                                Digests.sha256("kind: Service # 4\n".getBytes(StandardCharsets.UTF_8)),
                                List.of()));
        assertThat(remains.missing()).isEmpty();
        assertThat(remains.epoch()).isEqualTo(11);
    }

    @Test
    void withoutTheLeaseAPendingUpgradeGoesBackToWhatIsDeployed() {
        inARamp();
        left.revision("podinfo", 4, "deployed", OTHER, 1, "");
        left.revision("podinfo", 5, "pending-upgrade", RUN, 11, "Preparing upgrade");
        left.lose("podinfo");

        Remains remains = orphans.remains(ENVIRONMENT, PODINFO);

        assertThat(remains.claim().orElseThrow().ledger().get(Resource.STABLE))
                .isInstanceOfSatisfying(
                        PriorState.HelmRevision.class,
                        prior -> assertThat(prior.revision()).isEqualTo(4));
        assertThat(remains.left()).isEmpty();
    }

    @Test
    void aRevisionThatIsGoneIsNamedWithTheCommandToRunByHand() {
        inARamp();
        left.revision("podinfo", 5, "deployed", RUN, 11, said("STABLE", 11, "4"));
        left.lose("podinfo");

        assertThat(orphans.remains(ENVIRONMENT, PODINFO).missing())
                .containsExactly("revision 4, to which podinfo goes back, is no longer in Helm's history"
                        + " (by hand: helm history podinfo -n production,"
                        + " then helm rollback podinfo REVISION -n production --no-hooks)");
    }

    @Test
    void aClaimThatSomebodyHasEditedIsToldAndNotGuessed() {
        inARamp();
        cluster.client()
                .leases()
                .inNamespace("production")
                .withName("slipway-podinfo")
                .edit(lease -> {
                    lease.getMetadata().getAnnotations().put("slipway.dev/claim", "{\"stamp\":7}");
                    return lease;
                });

        assertThat(orphans.find(ENVIRONMENT))
                .hasSize(3)
                .first()
                .satisfies(trace -> assertThat(trace.release()).hasToString("podinfo@unknown"))
                .extracting(Trace::what)
                .asString()
                .startsWith("Lease slipway-podinfo: its annotation slipway.dev/claim is not what a stage writes there");
        assertThatThrownBy(() -> orphans.remains(ENVIRONMENT, RELEASE.service()))
                .isInstanceOf(ApplicationFailure.class)
                .hasMessageContaining("is not what a stage writes there");
    }
}
