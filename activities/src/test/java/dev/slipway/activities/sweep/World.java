package dev.slipway.activities.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.activities.fence.FenceActivities;
import dev.slipway.activities.helm.HelmActivities;
import dev.slipway.activities.helm.MemoryHelm;
import dev.slipway.activities.helm.MemoryWorker;
import dev.slipway.activities.route.HttpRouteSwitch;
import dev.slipway.activities.route.RouteActivities;
import dev.slipway.activities.route.TappedRouter;
import dev.slipway.activities.route.TrafficSwitch;
import dev.slipway.activities.route.Trip;
import dev.slipway.activities.watch.JudgedWatch;
import dev.slipway.model.Backend;
import dev.slipway.model.BackendWeight;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Resource;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Fence;
import dev.slipway.workflows.api.Guard;
import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.api.Pods;
import dev.slipway.workflows.api.Route;
import dev.slipway.workflows.api.RouteState;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.api.Watch;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster of one run and the real adapters on it. Below them, helm and the right to write are in memory, and the API
 * server that keeps the route and the claim is fabric8's. Every write is seen by the witness.
 */
final class World {
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    static final HelmTarget STABLE = new HelmTarget(PRODUCTION, "production", "podinfo");
    private static final RouteTarget ROUTE = new RouteTarget(
            PRODUCTION, "production", "podinfo", new Backend("podinfo", 8080), new Backend("podinfo-canary", 8080));
    private static final List<BackendWeight> BEFORE = List.of(new BackendWeight(ROUTE.stable(), 100));
    private static final String OLD = "registry/podinfo:1.0.0@sha256:" + "c".repeat(64);

    private final Witness witness;
    private final MemoryLease lease = new MemoryLease();
    private final KubernetesClient api;
    private final MemoryHelm helm = new MemoryHelm(new Tap());
    private final MemoryPods pods = new MemoryPods(helm);
    private final TrafficSwitch real;
    private final Map<Class<?>, Object> ports = new HashMap<>();
    private final Map<Long, Integer> shares = new HashMap<>();
    private final String before;

    World(Story story, Witness witness, KubernetesClient api) {
        this.witness = witness;
        this.api = api;
        this.real = new HttpRouteSwitch(api);
        TrafficSwitch router = new TappedRouter(real, () -> Attempt.now().write(), this::routed);
        Watch judged = new JudgedWatch(
                order -> story.judge(order, share(order)),
                (route, epoch, reason) -> router.trip(route, epoch, reason) == Trip.CUT,
                this::watched);
        ports.put(Route.class, new RouteActivities(router, Duration.ZERO));
        ports.put(Pods.class, pods);
        ports.put(Fence.class, new FenceActivities(api));
        ports.put(Guard.class, new MemoryGuard(helm, real));
        ports.put(Watch.class, judged);
        newWorker();
        helm.somebodyDeploys(STABLE, OLD);
        pods.start(STABLE);
        before = helm.runs(STABLE).orElseThrow();
        routeOfTheTeam(api);
    }

    private static void routeOfTheTeam(KubernetesClient api) {
        api.leases().inNamespace("production").delete();
        api.resources(HTTPRoute.class).inNamespace("production").delete();
        api.resource(new HTTPRouteBuilder()
                        .withNewMetadata()
                        .withName(ROUTE.route())
                        .withNamespace(ROUTE.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .addNewRule()
                        .addNewBackendRef()
                        .withGroup("")
                        .withKind("Service")
                        .withName(ROUTE.stable().service())
                        .withPort(ROUTE.stable().port())
                        .withWeight(100)
                        .endBackendRef()
                        .endRule()
                        .endSpec()
                        .build())
                .create();
    }

    /** The worker process is gone and another one has taken its place. */
    synchronized void newWorker() {
        HelmActivities worker = MemoryWorker.of(helm, lease);
        ports.put(Helm.class, worker);
    }

    /** The implementation of a port in the worker that lives now. */
    synchronized Object port(Class<?> type) {
        Object port = ports.get(type);
        if (port == null) {
            throw new IllegalArgumentException("no " + type.getSimpleName() + " in this world");
        }
        return port;
    }

    /** Everything that runs is new, and nothing else is there. */
    boolean allNew(String image) {
        return helm.runs(STABLE).filter(m -> m.contains(image)).isPresent() && settled();
    }

    /** Everything is as it was before the release. */
    boolean allOld() {
        return helm.runs(STABLE).filter(before::equals).isPresent() && settled();
    }

    private boolean settled() {
        List<String> revisions = helm.revisions(STABLE);
        return revisions.get(revisions.size() - 1).endsWith(" deployed")
                && state().backends().equals(BEFORE)
                && !canaryIsThere();
    }

    boolean canaryIsThere() {
        return helm.runs(STABLE.canary()).isPresent()
                || !helm.revisions(STABLE.canary()).isEmpty()
                || state().backends().stream().anyMatch(b -> b.backend().equals(ROUTE.canary()));
    }

    int repeats() {
        return helm.repeats(STABLE) + helm.repeats(STABLE.canary());
    }

    /** What was changed by anybody. */
    List<Resource> touched() {
        return witness.touched();
    }

    Optional<Claim> claim() {
        Lease lease = api.leases()
                .inNamespace("production")
                .withName("slipway-podinfo")
                .get();
        return Optional.ofNullable(lease)
                .map(l -> l.getMetadata().getAnnotations().get("slipway.dev/claim"))
                .map(World::parsed);
    }

    private static Claim parsed(String claim) {
        try {
            return Payloads.mapper().readValue(claim, Claim.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private RouteState state() {
        return real.look(ROUTE).state();
    }

    /** For people: what is there. */
    String words() {
        return "stable " + helm.revisions(STABLE) + ", canary " + helm.revisions(STABLE.canary()) + ", route "
                + state().backends() + " at epoch " + state().epoch() + ", claim "
                + claim().map(c -> c.ledger().keySet().toString()).orElse("none");
    }

    private synchronized int share(WatchOrder order) {
        if (Story.isSafety(order)) {
            throw FailureType.INVALID_INPUT.failure("no safety watch in this world");
        }
        return order.trip().map(trip -> shares.getOrDefault(trip.epoch(), -1)).orElse(-1);
    }

    private void watched(WatchOrder order, WatchResult result) {
        boolean breach = result instanceof WatchResult.Decided decided && decided.verdict() instanceof Verdict.Failed;
        if (breach && order.trip().isPresent()) {
            RouteState now = state();
            boolean off = now.percentOf(ROUTE.canary().service()) == 0;
            witness.holds(Invariant.BREACH_IS_CUT, off, "a breach was reported, and the route is " + now.backends());
        }
    }

    private void routed() {
        RouteState now = state();
        synchronized (this) {
            shares.putIfAbsent(now.epoch(), now.percentOf(ROUTE.canary().service()));
        }
        int sum = now.backends().stream().mapToInt(BackendWeight::weight).sum();
        witness.holds(Invariant.WEIGHTS, sum == 100, "the route is " + now.backends());
        wrote(Resource.ROUTE);
    }

    private void wrote(Resource resource) {
        witness.wrote(resource, Attempt.now());
        boolean recorded = claim().filter(c -> c.ledger().containsKey(resource)).isPresent();
        witness.holds(
                Invariant.ON_RECORD,
                recorded,
                resource + " was changed, on record is "
                        + claim().map(c -> c.ledger().keySet().toString()).orElse("nothing"));
        witness.holds(Invariant.NO_SECOND_UPGRADE, repeats() == 0, words());
        RouteState now = state();
        boolean canary = now.percentOf(ROUTE.canary().service()) > 0;
        boolean stable = now.percentOf(ROUTE.stable().service()) > 0;
        boolean canaryReady = pods.ready(STABLE.canary());
        boolean stableReady = pods.ready(STABLE);
        witness.holds(
                Invariant.READY_SIDES,
                !(canary && !canaryReady && stableReady) && !(stable && !stableReady && canaryReady),
                "the route is " + now.backends() + ", stable is " + (stableReady ? "" : "not ")
                        + "ready, the canary is " + (canaryReady ? "" : "not ") + "ready");
    }

    /** helm's way to the API server. */
    private final class Tap implements MemoryHelm.Tap {
        @Override
        public void before(HelmTarget target, String write) {
            Attempt.now().write();
        }

        @Override
        public void done(HelmTarget target, String write) {
            pods.changed(target);
            wrote(target.release().equals(STABLE.release()) ? Resource.STABLE : Resource.CANARY);
        }
    }
}
