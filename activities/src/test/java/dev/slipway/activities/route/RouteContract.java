package dev.slipway.activities.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.model.Backend;
import dev.slipway.model.BackendWeight;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Resource;
import dev.slipway.model.UndoResult;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Route;
import dev.slipway.workflows.api.RouteState;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.undo.Permit;
import dev.slipway.workflows.undo.Stamp;
import dev.slipway.workflows.undo.UndoLedger;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Route} promises, on any API server. */
abstract class RouteContract {
    private static final Backend STABLE = new Backend("podinfo", 9898);
    private static final Backend CANARY = new Backend("podinfo-canary", 9898);

    private RouteTarget target;
    private TrafficSwitch router;
    private Route route;
    private UndoLedger ledger;

    abstract KubernetesClient client();

    abstract String namespace();

    @BeforeEach
    void aRouteOfTheServicesTeam() {
        target = new RouteTarget(new EnvironmentName("production"), namespace(), "podinfo", STABLE, CANARY);
        router = new HttpRouteSwitch(client());
        route = new RouteActivities(router, Duration.ZERO);
        ledger = newLedger();
        client().resource(new HTTPRouteBuilder()
                        .withNewMetadata()
                        .withName("podinfo")
                        .withNamespace(namespace())
                        .endMetadata()
                        .withNewSpec()
                        .addNewRule()
                        .addNewMatch()
                        .withNewPath()
                        .withType("PathPrefix")
                        .withValue("/api")
                        .endPath()
                        .endMatch()
                        .addNewBackendRef()
                        .withGroup("")
                        .withKind("Service")
                        .withName("podinfo")
                        .withPort(9898)
                        .withWeight(1)
                        .endBackendRef()
                        .endRule()
                        .addNewRule()
                        .addNewBackendRef()
                        .withGroup("")
                        .withKind("Service")
                        .withName("podinfo")
                        .withPort(9898)
                        .withWeight(1)
                        .endBackendRef()
                        .endRule()
                        .endSpec()
                        .build())
                .create();
    }

    @Test
    void observesTheBackendsAndNoEpochBeforeTheFirstTouch() {
        RouteState seen = route.observe(target);

        assertThat(seen.backends()).containsExactly(weight(STABLE, 1));
        assertThat(seen.epoch()).isZero();
        assertThat(seen.tripped()).isEmpty();
    }

    @Test
    void saysThatAnAbsentRouteIsMissingAndWhoCreatesIt() {
        RouteTarget other = new RouteTarget(target.environment(), namespace(), "nobody", STABLE, CANARY);

        fails(() -> route.observe(other), FailureType.MISSING, "The service's team creates it");
    }

    @Test
    void shiftsEveryRuleThatHasStableAndAddsTheCanarysBackend() {
        RouteState state = route.shift(permit(), target, new Weight(5));

        assertThat(state.backends()).containsExactly(weight(STABLE, 95), weight(CANARY, 5));
        assertThat(state.percentOf("podinfo-canary")).isEqualTo(5);
        assertThat(state.epoch()).isEqualTo(1);
        assertThat(read().getSpec().getRules())
                .allSatisfy(rule -> assertThat(rule.getBackendRefs())
                        .extracting("name", "port", "weight")
                        .containsExactly(tuple("podinfo", 9898, 95), tuple("podinfo-canary", 9898, 5)));
        assertThat(annotation("slipway.dev/release")).contains("podinfo@6.9.2", "attempt 1", "run-1");
    }

    @Test
    void walksTheRampsUpToAllAndDetachesTheCanary() {
        route.shift(permit(), target, Weight.NONE);
        route.shift(permit(), target, new Weight(25));
        assertThat(route.shift(permit(), target, Weight.ALL).backends())
                .containsExactly(weight(STABLE, 0), weight(CANARY, 100));

        Permit last = permit();
        RouteState state = route.detach(last, target);

        assertThat(state.backends()).containsExactly(weight(STABLE, 100));
        assertThat(route.detach(last, target)).isEqualTo(state);
    }

    @Test
    void doingAShiftAgainWithItsPermitIsDoingItOnce() {
        Permit permit = permit();
        route.shift(permit, target, new Weight(5));
        String version = read().getMetadata().getResourceVersion();

        route.shift(permit, target, new Weight(5));

        assertThat(read().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void aWriterWithAnOlderEpochIsFencedAndChangesNothing() {
        Permit old = permit();
        Permit newer = permit();
        route.shift(newer, target, new Weight(25));

        fails(() -> route.shift(old, target, new Weight(5)), FailureType.FENCED, "epoch 2");
        fails(() -> route.detach(old, target), FailureType.FENCED, "changed nothing");
        fails(() -> route.restore(old, target), FailureType.FENCED, "changed nothing");
        assertThat(shareOfCanary()).isEqualTo(25);
    }

    @Test
    void oneEpochIsGoodForOneWeightOnly() {
        Permit permit = permit();
        route.shift(permit, target, new Weight(5));

        fails(() -> route.shift(permit, target, new Weight(50)), FailureType.FENCED, "used for other weights");
        assertThat(shareOfCanary()).isEqualTo(5);
    }

    @Test
    void ofTwoWritersAtOnceExactlyOneWinsAnEpoch() throws Exception {
        Permit first = permit();
        route.shift(first, target, Weight.NONE);
        for (int round = 0; round < 10; round++) {
            Permit permit = permit();

            List<Object> results = atOnce(
                    () -> route.shift(permit, target, new Weight(20)),
                    () -> route.shift(permit, target, new Weight(80)));

            assertThat(results).filteredOn(RouteState.class::isInstance).hasSize(1);
            assertThat(results)
                    .filteredOn(ApplicationFailure.class::isInstance)
                    .extracting(f -> ((ApplicationFailure) f).getType())
                    .containsExactly("FENCED");
            RouteState winner = (RouteState) results.stream()
                    .filter(RouteState.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            assertThat(route.observe(target)).isEqualTo(winner);
        }
    }

    @Test
    void ofTwoFirstTouchesAtOnceTheNewerEpochStays() throws Exception {
        Permit older = permit();
        Permit newer = permit();

        List<Object> results = atOnce(
                () -> route.shift(older, target, new Weight(20)), () -> route.shift(newer, target, new Weight(80)));

        assertThat(results.get(1)).isInstanceOf(RouteState.class);
        assertThat(route.observe(target).epoch()).isEqualTo(2);
        assertThat(shareOfCanary()).isEqualTo(80);
    }

    @Test
    void aTripTakesTheTrafficOffAndTheTrippedEpochCannotRaiseItAgain() {
        Permit permit = permit();
        route.shift(permit, target, new Weight(25));

        assertThat(router.trip(target, permit.epoch(), "errors 20%")).isEqualTo(Trip.CUT);
        assertThat(router.trip(target, permit.epoch(), "again")).isEqualTo(Trip.CUT);

        assertThat(route.observe(target).backends()).containsExactly(weight(STABLE, 100), weight(CANARY, 0));
        assertThat(route.observe(target).tripped()).contains("errors 20%");
        fails(() -> route.shift(permit, target, new Weight(25)), FailureType.TRIPPED, "errors 20%");
        assertThat(shareOfCanary()).isZero();
    }

    @Test
    void aNewerPermitTakesTheTripAway() {
        Permit permit = permit();
        route.shift(permit, target, new Weight(25));
        router.trip(target, permit.epoch(), "errors 20%");

        RouteState state = route.shift(permit(), target, new Weight(5));

        assertThat(state.tripped()).isEmpty();
        assertThat(state.percentOf("podinfo-canary")).isEqualTo(5);
    }

    @Test
    void aStaleWatchersTripHarmsNobody() {
        Permit old = permit();
        route.shift(old, target, new Weight(5));
        route.shift(permit(), target, new Weight(50));
        String version = read().getMetadata().getResourceVersion();

        assertThat(router.trip(target, old.epoch(), "late")).isEqualTo(Trip.FENCED);

        assertThat(read().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void aTripAgainstAWriterAtOnceLeavesOneOfTheTwoWhole() throws Exception {
        route.shift(permit(), target, new Weight(5));
        for (int round = 0; round < 10; round++) {
            long watched = route.observe(target).epoch();
            Permit next = permit();

            List<Object> results =
                    atOnce(() -> router.trip(target, watched, "race"), () -> route.shift(next, target, new Weight(50)));

            assertThat(results.get(0)).isIn(Trip.CUT, Trip.FENCED);
            RouteState state = route.observe(target);
            assertThat(state.epoch()).isEqualTo(next.epoch());
            assertThat(state.percentOf("podinfo-canary")).isEqualTo(50);
            assertThat(state.tripped()).isEmpty();
        }
    }

    @Test
    void neverOverwritesWhatSomebodyElseChanged() {
        route.shift(permit(), target, new Weight(5));
        somebodySetsTheCanaryTo(40);

        fails(() -> route.shift(permit(), target, new Weight(25)), FailureType.INTERFERED, "podinfo-canary:9898=40");
        assertThat(router.trip(target, route.observe(target).epoch(), "errors")).isEqualTo(Trip.NOT_OURS);
        UndoResult undone = route.restore(permit(), target);

        assertThat(undone).isInstanceOf(UndoResult.NotOurs.class);
        assertThat(undone.detail()).contains("podinfo-canary:9898=40", "podinfo:9898=1 before");
        assertThat(shareOfCanary()).isEqualTo(40);
    }

    @Test
    void goesOnWhenSomebodyHasPutThePriorBackendsBack() {
        route.shift(permit(), target, new Weight(5));
        change(rule -> rule.editSpec()
                .editMatchingRule(r -> true)
                .removeMatchingFromBackendRefs(b -> b.getName().equals("podinfo-canary"))
                .editFirstBackendRef()
                .withWeight(1)
                .endBackendRef()
                .endRule()
                .editLastRule()
                .removeMatchingFromBackendRefs(b -> b.getName().equals("podinfo-canary"))
                .editFirstBackendRef()
                .withWeight(1)
                .endBackendRef()
                .endRule()
                .endSpec());

        assertThat(route.shift(permit(), target, new Weight(25)).percentOf("podinfo-canary"))
                .isEqualTo(25);
    }

    @Test
    void restoresTheVeryBackendsThatWereThereAndSaysSoOnlyOnce() {
        route.shift(permit(), target, new Weight(25));
        Permit undo = permit();

        UndoResult restored = route.restore(undo, target);

        assertThat(restored).isInstanceOf(UndoResult.Restored.class);
        assertThat(restored.detail()).contains("podinfo:9898=1, read back");
        assertThat(route.observe(target).backends()).containsExactly(weight(STABLE, 1));
        assertThat(route.restore(undo, target)).isInstanceOf(UndoResult.AlreadyThere.class);
    }

    @Test
    void aRestoreOfAnUntouchedRouteStillKeepsALateWriterOut() {
        Permit late = permit();
        Permit undo = permit();

        assertThat(route.restore(undo, target)).isInstanceOf(UndoResult.AlreadyThere.class);

        fails(() -> route.shift(late, target, new Weight(5)), FailureType.FENCED, "changed nothing");
        assertThat(route.observe(target).backends()).containsExactly(weight(STABLE, 1));
    }

    @Test
    void restoresATrippedRouteAndTakesTheTripAway() {
        Permit permit = permit();
        route.shift(permit, target, new Weight(25));
        router.trip(target, permit.epoch(), "errors");

        assertThat(route.restore(permit(), target)).isInstanceOf(UndoResult.Restored.class);
        assertThat(route.observe(target).tripped()).isEmpty();
    }

    @Test
    void aRouteThatSomebodyDeletedIsNotOurs() {
        route.shift(permit(), target, new Weight(5));
        client().resource(read()).delete();

        assertThat(route.restore(permit(), target)).isInstanceOf(UndoResult.NotOurs.class);
    }

    @Test
    void theNextReleaseGoesOnFromTheEpochOfTheLastOne() {
        route.shift(permit(), target, new Weight(50));
        route.detach(permit(), target);

        ledger = newLedger();
        Permit next = permit();

        assertThat(next.epoch()).isEqualTo(3);
        route.shift(next, target, new Weight(5));
        assertThat(route.restore(permit(), target)).isInstanceOf(UndoResult.Restored.class);
        assertThat(route.observe(target).backends()).containsExactly(weight(STABLE, 100));
    }

    @Test
    void keepsFiltersOfTheBackendAndGivesTheCanaryTheSame() {
        change(rule -> rule.editSpec()
                .editFirstRule()
                .editFirstBackendRef()
                .addNewFilter()
                .withType("RequestHeaderModifier")
                .withNewRequestHeaderModifier()
                .addNewSet("x-team", "web")
                .endRequestHeaderModifier()
                .endFilter()
                .endBackendRef()
                .endRule()
                .endSpec());

        route.shift(permit(), target, new Weight(5));

        assertThat(read().getSpec().getRules().get(0).getBackendRefs())
                .allSatisfy(ref -> assertThat(ref.getFilters()
                                .get(0)
                                .getRequestHeaderModifier()
                                .getSet()
                                .get(0)
                                .getValue())
                        .isEqualTo("web"));
    }

    @Test
    void refusesARouteThatSharesTrafficWithAThirdBackendBeforeItIsTouched() {
        change(rule -> rule.editSpec()
                .editFirstRule()
                .addNewBackendRef()
                .withGroup("")
                .withKind("Service")
                .withName("blue")
                .withPort(80)
                .withWeight(1)
                .endBackendRef()
                .endRule()
                .endSpec());

        fails(() -> route.observe(target), FailureType.INVALID_INPUT, "splits traffic differently in its rules 0");
    }

    @Test
    void refusesARouteWithoutStable() {
        RouteTarget other =
                new RouteTarget(target.environment(), namespace(), "podinfo", new Backend("nobody", 80), CANARY);

        fails(
                () -> route.observe(other),
                FailureType.INVALID_INPUT,
                "its backends are podinfo:9898=1. Add one backendRef to nobody:80");
    }

    RouteTarget target() {
        return target;
    }

    private UndoLedger newLedger() {
        return new UndoLedger(
                new Stamp(ReleaseId.parse("podinfo@6.9.2"), 1, new EnvironmentName("production"), "run-1"),
                (priors, epoch) -> {});
    }

    Permit permit() {
        return ledger.open(Resource.ROUTE, () -> {
            RouteState seen = route.observe(target);
            return new PriorState.RouteBackends(seen.backends(), seen.epoch());
        });
    }

    private static BackendWeight weight(Backend backend, int weight) {
        return new BackendWeight(backend, weight);
    }

    private int shareOfCanary() {
        return router.look(target).state().percentOf("podinfo-canary");
    }

    HTTPRoute read() {
        return client().resources(HTTPRoute.class)
                .inNamespace(namespace())
                .withName("podinfo")
                .get();
    }

    private String annotation(String key) {
        return read().getMetadata().getAnnotations().get(key);
    }

    private void somebodySetsTheCanaryTo(int weight) {
        change(rule -> rule.editSpec()
                .editFirstRule()
                .editMatchingBackendRef(b -> b.getName().equals("podinfo-canary"))
                .withWeight(weight)
                .endBackendRef()
                .endRule()
                .editLastRule()
                .editMatchingBackendRef(b -> b.getName().equals("podinfo-canary"))
                .withWeight(weight)
                .endBackendRef()
                .endRule()
                .endSpec());
        change(rule -> rule.editSpec()
                .editFirstRule()
                .editMatchingBackendRef(b -> b.getName().equals("podinfo"))
                .withWeight(100 - weight)
                .endBackendRef()
                .endRule()
                .editLastRule()
                .editMatchingBackendRef(b -> b.getName().equals("podinfo"))
                .withWeight(100 - weight)
                .endBackendRef()
                .endRule()
                .endSpec());
    }

    private void change(UnaryOperator<HTTPRouteBuilder> how) {
        client().resource(how.apply(new HTTPRouteBuilder(read())).build()).update();
    }

    private static void fails(ThrowingCallable call, FailureType type, String words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApplicationFailure.class, f -> assertThat(f.getType()).isEqualTo(type.name()))
                .hasMessageContaining(words);
    }

    /** Results in the order of the calls, a failure as itself. */
    private static List<Object> atOnce(Callable<?>... calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.length);
        CyclicBarrier start = new CyclicBarrier(calls.length);
        try {
            List<Future<Object>> running = new ArrayList<>();
            for (Callable<?> call : calls) {
                running.add(threads.submit(() -> {
                    start.await();
                    try {
                        return call.call();
                    } catch (ApplicationFailure e) {
                        return e;
                    }
                }));
            }
            List<Object> results = new ArrayList<>();
            for (Future<Object> each : running) {
                results.add(each.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
