package dev.slipway.activities.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Backend;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Resource;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.Guard;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Route;
import dev.slipway.workflows.api.RouteState;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.undo.Permit;
import dev.slipway.workflows.undo.Stamp;
import dev.slipway.workflows.undo.UndoLedger;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Guard} finds and what it does not, the real one and the fake of the workflow tests. */
abstract class GuardContract {
    final HelmTarget target = new HelmTarget(
            new EnvironmentName("development"),
            "development",
            "guard-" + UUID.randomUUID().toString().substring(0, 8));
    final RouteTarget route = new RouteTarget(
            target.environment(),
            target.namespace(),
            target.release(),
            new Backend(target.release(), 80),
            new Backend(target.canary().release(), 80));
    final UndoLedger ledger = new UndoLedger(
            new Stamp(ReleaseId.parse("sample@1"), 1, target.environment(), "run-" + UUID.randomUUID()),
            (priors, epoch) -> {});

    abstract Guard guard();

    abstract Route route();

    /** Deploys this tag as a stage of the ledger's run does; returns the revision. */
    abstract int weDeploy(String tag);

    /** Makes the route of the service's team, with stable alone. */
    abstract void aRoute();

    abstract void somebodyDeploys(String tag);

    abstract void somebodyUninstalls();

    /** By hand, past Slipway. */
    abstract void somebodySetsTheCanarysWeight(int weight);

    /** What a watcher of this epoch does on a breach. */
    abstract void ourWatcherTrips(long epoch);

    @Test
    void nothingWasLeftSoNothingIsCompared() {
        assertThat(guard().compare(Footprint.NONE)).isEmpty();
    }

    @Test
    void findsNothingWhenAllIsAsWeLeftIt() {
        somebodyDeploys("1");
        Footprint.Release release = deployed("2");
        aRoute();
        Footprint.Route shifted = shifted(5);

        assertThat(guard().compare(new Footprint(List.of(release), Optional.of(shifted))))
                .isEmpty();
    }

    @Test
    void aRevisionThatSomebodyElseMadeIsNamed() {
        Footprint.Release left = deployed("2");
        somebodyDeploys("hotfix");

        assertThat(compare(left))
                .hasValueSatisfying(
                        what -> assertThat(what).contains(target.release(), "we had left it at revision 1", "2"));
    }

    @Test
    void aRevisionThatWeStandBesideMustStayTheNewestToo() {
        somebodyDeploys("1");
        Footprint.Release beside = new Footprint.Release(target, 1, false);
        assertThat(compare(beside)).isEmpty();

        somebodyDeploys("hotfix");

        assertThat(compare(beside)).isPresent();
    }

    @Test
    void aNewerRevisionOfOurOwnIsNotForeign() {
        Footprint.Release left = deployed("2");
        weDeploy("3");

        assertThat(compare(left)).isEmpty();
    }

    @Test
    void aReleaseThatSomebodyUninstalledIsNamed() {
        Footprint.Release left = deployed("2");
        somebodyUninstalls();

        assertThat(compare(left)).hasValueSatisfying(what -> assertThat(what).contains("was uninstalled"));
    }

    @Test
    void aWeightThatSomebodyElseSetIsNamed() {
        aRoute();
        Footprint.Route left = shifted(5);
        somebodySetsTheCanarysWeight(40);

        assertThat(compare(left)).hasValueSatisfying(what -> assertThat(what).contains(route.route(), "40", "5"));
    }

    @Test
    void aTripOfOurOwnWatcherIsNoInterference() {
        aRoute();
        Footprint.Route left = shifted(5);
        ourWatcherTrips(left.epoch());

        assertThat(compare(left)).isEmpty();
    }

    @Test
    void aWeightThatSomebodyElseSetAfterATripIsNamed() {
        aRoute();
        Footprint.Route left = shifted(5);
        ourWatcherTrips(left.epoch());
        somebodySetsTheCanarysWeight(40);

        assertThat(compare(left)).isPresent();
    }

    @Test
    void aWriterWithANewerEpochIsNamed() {
        aRoute();
        Footprint.Route left = shifted(5);
        shifted(25);

        assertThat(compare(left)).isPresent();
    }

    Optional<String> compare(Footprint.Release left) {
        return guard().compare(new Footprint(List.of(left), Optional.empty()));
    }

    Optional<String> compare(Footprint.Route left) {
        return guard().compare(new Footprint(List.of(), Optional.of(left)));
    }

    Footprint.Release deployed(String tag) {
        return new Footprint.Release(target, weDeploy(tag));
    }

    Footprint.Route shifted(int weight) {
        Permit permit = ledger.open(
                Resource.ROUTE,
                () -> new PriorState.RouteBackends(
                        route().observe(route).backends(),
                        route().observe(route).epoch()));
        RouteState left = route().shift(permit, route, new Weight(weight));
        return new Footprint.Route(route, left.backends(), permit.epoch());
    }
}
