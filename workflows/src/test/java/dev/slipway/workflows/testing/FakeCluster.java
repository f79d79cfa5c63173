package dev.slipway.workflows.testing;

import dev.slipway.model.Backend;
import dev.slipway.model.BackendWeight;
import dev.slipway.model.Difference;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.Environment;
import dev.slipway.model.PriorState;
import dev.slipway.model.Resource;
import dev.slipway.model.ServiceName;
import dev.slipway.model.SlotId;
import dev.slipway.model.UndoResult;
import dev.slipway.model.Verdict;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.Check;
import dev.slipway.workflows.api.CheckOrder;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.Claimed;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.Deployed;
import dev.slipway.workflows.api.DifferenceOrder;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Fence;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.Guard;
import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.HelmObservation;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Orphans;
import dev.slipway.workflows.api.Pods;
import dev.slipway.workflows.api.Readiness;
import dev.slipway.workflows.api.ReadinessOrder;
import dev.slipway.workflows.api.Remains;
import dev.slipway.workflows.api.RenderOrder;
import dev.slipway.workflows.api.RenderReport;
import dev.slipway.workflows.api.Route;
import dev.slipway.workflows.api.RouteState;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.api.Trace;
import dev.slipway.workflows.undo.Permit;
import dev.slipway.workflows.undo.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One cluster with Helm's and the gateway's semantics: state and history, and faults on demand. Thread safe. */
public final class FakeCluster implements Helm, Pods, Route, Check, Fence, Guard, Orphans {

    /** A Helm revision: its number, the version that it runs and who made it. */
    public record Revision(int number, String version, String madeBy) {}

    private final Map<String, List<Revision>> releases = new HashMap<>();
    private final Map<String, Integer> current = new HashMap<>();
    private final Map<String, RouteState> routes = new HashMap<>();
    private final Set<String> neverReady = new HashSet<>();
    private final List<String> history = new ArrayList<>();
    private Verdict rendering = Verdict.passed();
    private Verdict checking = Verdict.passed();
    private @Nullable Difference difference;
    private boolean comparing;
    private int comparisons;
    private int failingRestores;
    private int failedRestores;
    private final Map<String, Claim> claims = new HashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<String, String> released = new HashMap<>();
    private final Map<String, Stamp> stamps = new HashMap<>();
    private final Map<String, Integer> looks = new HashMap<>();
    private BiConsumer<Stamp, DeployOrder> seal = (stamp, order) -> {};
    private boolean away;
    private @Nullable String strange;
    private final Map<String, String> edits = new HashMap<>();
    private final Map<String, List<BackendWeight>> written = new HashMap<>();

    /** What happened, in order: {@code production: helm upgrade podinfo 2.0.0}. */
    public synchronized List<String> history() {
        return List.copyOf(history);
    }

    /** Something beside the releases and routes. */
    synchronized void happened(String what) {
        history.add(what);
    }

    /** A version that somebody deployed before. */
    public synchronized FakeCluster running(String environment, String release, String version) {
        add(environment + "/" + release, version, "somebody");
        routes.put(
                environment,
                new RouteState(List.of(new BackendWeight(new Backend(release, 80), 1)), 0, Optional.empty()));
        return this;
    }

    /** The route of the service's team, with stable alone. */
    public synchronized FakeCluster routed(RouteTarget target) {
        routes.put(
                target.environment().value(),
                new RouteState(List.of(new BackendWeight(target.stable(), 1)), 0, Optional.empty()));
        return this;
    }

    public synchronized FakeCluster neverReady(String version) {
        neverReady.add(version);
        return this;
    }

    /** From now on it becomes ready after all. */
    public synchronized FakeCluster readyAgain(String version) {
        neverReady.remove(version);
        return this;
    }

    public synchronized FakeCluster rendering(Verdict verdict) {
        rendering = verdict;
        return this;
    }

    public synchronized FakeCluster checking(Verdict verdict) {
        checking = verdict;
        return this;
    }

    /** The next restores of stable fail. */
    public synchronized FakeCluster failingRestores(int times) {
        failingRestores = times;
        return this;
    }

    /** How many restores have failed as told. */
    public synchronized int failedRestores() {
        return failedRestores;
    }

    /** From now on somebody has changed this. */
    public synchronized FakeCluster strange(String what) {
        strange = what;
        return this;
    }

    /** The open claim of a slot. */
    public synchronized Optional<Claim> claim(String environment) {
        return claims.entrySet().stream()
                .filter(e -> e.getKey().startsWith(environment + "/"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Somebody deletes the Lease of a slot. */
    public synchronized void loseClaim(String environment) {
        claims.keySet().removeIf(key -> key.startsWith(environment + "/"));
    }

    /** From now on the cluster does not answer those who look for orphans, or does again. */
    public synchronized void away(boolean now) {
        away = now;
    }

    @Override
    public synchronized List<Trace> find(Environment environment) {
        if (away) {
            throw FailureType.UNREACHABLE.failure("no route to the API server");
        }
        String name = environment.name().value();
        looks.merge(name, 1, Integer::sum);
        return traces(name);
    }

    /** How often somebody has looked for orphans. */
    public synchronized int looks(String environment) {
        return looks.getOrDefault(environment, 0);
    }

    private List<Trace> traces(String name) {
        List<Trace> traces = new ArrayList<>();
        claims.forEach((key, claim) -> {
            if (key.startsWith(name + "/")) {
                String service = claim.stamp().release().service().value();
                traces.add(trace(claim.stamp(), "Lease slipway-" + service + ": claim of attempt 1 is open"));
            }
        });
        canary(name).ifPresent(run -> traces.add(trace(stamps.get(run), "Helm release podinfo-canary is installed")));
        return traces;
    }

    @Override
    public synchronized Remains remains(Environment environment, ServiceName service) {
        String name = environment.name().value();
        List<String> found = traces(name).stream()
                .filter(trace -> trace.slot().service().equals(service))
                .map(Trace::what)
                .toList();
        if (found.isEmpty()) {
            return Remains.NONE;
        }
        Optional<Claim> open = claims.values().stream()
                .filter(c -> c.environment().name().equals(environment.name()))
                .filter(c -> c.stamp().release().service().equals(service))
                .findFirst();
        if (open.isEmpty()) {
            return new Remains(Optional.empty(), found, List.of("what stable was before; by hand: helm"), 0, List.of());
        }
        Claim claim = open.get();
        List<Footprint.Release> left = deployed(key(claim.stable()))
                .filter(r -> r.madeBy().startsWith(claim.stamp().stageRun() + "#"))
                .map(r -> List.of(new Footprint.Release(claim.stable(), r.number())))
                .orElse(List.of());
        long epoch = routes.containsKey(name) ? routes.get(name).epoch() : 0;
        return new Remains(Optional.of(claim), found, List.of(), epoch, left);
    }

    private Optional<String> canary(String environment) {
        return deployed(environment + "/podinfo-canary")
                .map(r -> r.madeBy().split("#")[0])
                .filter(stamps::containsKey);
    }

    private static Trace trace(Stamp stamp, String what) {
        return new Trace(
                new SlotId(stamp.release().service(), stamp.environment()), stamp.release(), stamp.stageRun(), what);
    }

    @Override
    public synchronized Claimed claim(Claim claim) {
        String slot = key(claim.stable());
        String run = claim.stamp().stageRun();
        Claim open = claims.get(slot);
        if (open == null && run.equals(released.get(slot))) {
            throw FailureType.FENCED.failure("stage run " + run + " has given " + slot + " free already");
        }
        if (open != null && !open.stamp().stageRun().equals(run)) {
            return new Claimed.Taken(open);
        }
        if (open == null || newer(claim, open)) {
            claims.put(slot, claim);
            epochs.merge(slot, claim.epoch(), Math::max);
        }
        return new Claimed.Ours(epochs.getOrDefault(slot, 0L));
    }

    /** Not a late repetition of what the run has written before. */
    private static boolean newer(Claim claim, Claim open) {
        return claim.epoch() >= open.epoch()
                && claim.ledger().keySet().containsAll(open.ledger().keySet());
    }

    @Override
    public synchronized void release(Stamp stamp, HelmTarget stable) {
        String slot = key(stable);
        Claim open = claims.get(slot);
        if (open != null && open.stamp().stageRun().equals(stamp.stageRun())) {
            claims.remove(slot);
            released.put(slot, stamp.stageRun());
        }
    }

    @Override
    public synchronized Optional<String> compare(Footprint left) {
        List<String> changes = new ArrayList<>();
        Optional.ofNullable(strange).ifPresent(changes::add);
        left.releases().forEach(release -> change(release).ifPresent(changes::add));
        left.route().flatMap(this::change).ifPresent(changes::add);
        return changes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", changes));
    }

    private Optional<String> change(Footprint.Release left) {
        String key = key(left.target());
        Optional<Revision> now = deployed(key);
        if (now.isEmpty()) {
            return Optional.of(key + " was uninstalled; we had left it at revision " + left.revision());
        }
        if (now.get().number() == left.revision()) {
            return Optional.ofNullable(edits.get(key)).map(edit -> key + " was changed by " + edit);
        }
        Revision ours = releases.get(key).get(left.revision() - 1);
        return left.ours() && run(now.get()).equals(run(ours))
                ? Optional.empty()
                : Optional.of(key + " is at " + now.get() + "; we had left it at revision " + left.revision());
    }

    private Optional<String> change(Footprint.Route left) {
        RouteState now = route(left.target());
        boolean same =
                now.backends().equals(left.backends()) || now.tripped().isPresent() && isAsWritten(now, left.target());
        return same && now.epoch() == left.epoch()
                ? Optional.empty()
                : Optional.of("HTTPRoute " + left.target().route() + " is " + now.backends() + "; we had left "
                        + left.backends());
    }

    private static String run(Revision revision) {
        return revision.madeBy().replaceAll("#.*", "");
    }

    private boolean isAsWritten(RouteState now, RouteTarget target) {
        return now.backends().equals(written.get(target.environment().value()));
    }

    /** Somebody edits the pods' template of a release by hand. */
    public synchronized void foreignEdit(String environment, String release, String who) {
        edits.put(environment + "/" + release, who);
    }

    /** Somebody changes the weights by hand; the epoch stays. */
    public synchronized void foreignWeight(RouteTarget target, int canary) {
        RouteState now = route(target);
        routes.put(
                target.environment().value(),
                new RouteState(
                        List.of(
                                new BackendWeight(target.stable(), 100 - canary),
                                new BackendWeight(target.canary(), canary)),
                        now.epoch(),
                        now.tripped()));
    }

    /** Somebody else upgrades behind our back. */
    public synchronized void foreignUpgrade(String environment, String release, String version) {
        add(environment + "/" + release, version, "somebody");
    }

    /** Somebody else uninstalls behind our back. */
    public synchronized void foreignUninstall(String environment, String release) {
        current.remove(environment + "/" + release);
        releases.remove(environment + "/" + release);
    }

    /** The version that a release runs, empty when it is not installed. */
    public synchronized Optional<String> version(String environment, String release) {
        return deployed(environment + "/" + release).map(Revision::version);
    }

    /** The canary's share. */
    public synchronized int weight(String environment, String canary) {
        return routes.get(environment).percentOf(canary);
    }

    public synchronized List<BackendWeight> backends(String environment) {
        return routes.get(environment).backends();
    }

    @Override
    public synchronized HelmObservation observe(HelmTarget target) {
        return new HelmObservation(prior(key(target)), Optional.empty(), Optional.empty());
    }

    @Override
    public synchronized RenderReport render(RenderOrder order) {
        Backend stable = new Backend(order.stable().release(), 80);
        return new RenderReport(
                rendering,
                Optional.of(stable),
                order.canaryFor().map(w -> new Backend(order.stable().canary().release(), 80)));
    }

    /** What the next questions show; null: the cluster does not answer. */
    public synchronized FakeCluster differing(@Nullable Difference next) {
        difference = next;
        comparing = true;
        return this;
    }

    /** How often somebody has looked what would change. */
    public synchronized int comparisons() {
        return comparisons;
    }

    @Override
    public synchronized Difference compare(DifferenceOrder order) {
        comparisons++;
        if (comparing && difference == null) {
            throw FailureType.UNREACHABLE.failure("no route to the API server");
        }
        return Optional.ofNullable(difference).orElseGet(() -> fromNow(order));
    }

    private Difference fromNow(DifferenceOrder order) {
        Optional<Revision> before = order.prior().isPresent()
                ? order.prior()
                        .filter(PriorState.HelmRevision.class::isInstance)
                        .map(prior ->
                                releases.get(key(order.stable())).get(((PriorState.HelmRevision) prior).revision() - 1))
                : deployed(key(order.stable()));
        String from = before.map(Revision::version).orElse(Difference.NOTHING);
        String line = "image.tag: " + from + " -> " + order.image().tag();
        return new Difference(
                        from,
                        "1 value and 1 object (0 new, 0 gone, 1 changed)",
                        List.of(),
                        List.of(line),
                        List.of("Deployment/" + order.stable().release() + " changed, +1 -1"),
                        "=== Deployment/" + order.stable().release(),
                        Optional.empty(),
                        "")
                .kept(manifest(line), "");
    }

    /** Its worker asks this before it deploys, which may throw. */
    public synchronized FakeCluster sealed(BiConsumer<Stamp, DeployOrder> asked) {
        seal = asked;
        return this;
    }

    @Override
    public synchronized Deployed apply(Permit permit, DeployOrder order) {
        seal.accept(permit.stamp(), order);
        String key = key(order.target());
        String by = permit.stamp().stageRun() + "#" + permit.epoch();
        Optional<Revision> now = deployed(key);
        if (now.isPresent() && now.get().madeBy().equals(by)) {
            return new Deployed(now.get().number(), manifest(now.get().version()), true);
        }
        fence(permit, now);
        if (changedByOthers(permit, now)) {
            throw FailureType.INTERFERED.failure(key + " was changed by somebody else: " + now);
        }
        Revision made = add(key, order.image().tag(), by);
        stamps.put(permit.stamp().stageRun(), permit.stamp());
        history.add(order.target().environment() + ": helm upgrade "
                + order.target().release() + " " + made.version());
        return new Deployed(made.number(), manifest(made.version()), false);
    }

    @Override
    public synchronized UndoResult restore(Permit permit, HelmTarget target) {
        String key = key(target);
        if (permit.resource() == Resource.STABLE && failingRestores > 0) {
            failingRestores--;
            failedRestores++;
            return new UndoResult.Failed("helm rollback failed: image is gone");
        }
        Optional<Revision> now = deployed(key);
        boolean foreign = now.isPresent()
                && !now.get().madeBy().startsWith(permit.stamp().stageRun())
                && !(permit.prior() instanceof PriorState.HelmRevision r
                        && r.manifest().equals(manifest(now.get().version())));
        if (foreign) {
            return new UndoResult.NotOurs("revision " + now.get().number() + " was made by "
                    + now.get().madeBy());
        }
        if (permit.prior() instanceof PriorState.HelmRevision prior) {
            if (now.isPresent() && manifest(now.get().version()).equals(prior.manifest())) {
                return new UndoResult.AlreadyThere("revision " + now.get().number());
            }
            String version = releases.get(key).get(prior.revision() - 1).version();
            Revision made = add(key, version, permit.stamp().stageRun() + "#" + permit.epoch());
            history.add(target.environment() + ": helm rollback " + target.release() + " to " + version);
            return new UndoResult.Restored("revision " + made.number() + " as " + prior.revision());
        }
        return remove(target) ? new UndoResult.Restored("uninstalled") : new UndoResult.AlreadyThere("not installed");
    }

    @Override
    public synchronized UndoResult restoreWithHooks(Permit permit, HelmTarget target) {
        history.add(target.environment() + ": hooks of the undo of " + target.release());
        return restore(permit, target);
    }

    @Override
    public synchronized void uninstall(Permit permit, HelmTarget target) {
        Optional<Revision> now = deployed(key(target));
        fence(permit, now);
        if (now.isPresent() && !ours(permit, now.get())) {
            throw FailureType.INTERFERED.failure(key(target) + " was changed by somebody else: " + now.get());
        }
        remove(target);
    }

    @Override
    public synchronized Verdict awaitReady(ReadinessOrder order) {
        Optional<Revision> now = deployed(key(order.target()));
        return now.isPresent() && neverReady.contains(now.get().version())
                ? Verdict.failed("pod " + order.target().release() + "-1: CrashLoopBackOff: exit 3")
                : Verdict.passed();
    }

    @Override
    public synchronized Readiness sides(HelmTarget stable) {
        return new Readiness(ready(key(stable)), ready(key(stable.canary())));
    }

    @Override
    public synchronized RouteState observe(RouteTarget target) {
        return route(target);
    }

    @Override
    public synchronized RouteState shift(Permit permit, RouteTarget target, Weight canary) {
        RouteState next = new RouteState(
                List.of(
                        new BackendWeight(target.stable(), canary.stablePercent()),
                        new BackendWeight(target.canary(), canary.percent())),
                permit.epoch(),
                Optional.empty());
        write(permit, target, next, "weight " + canary.percent());
        return next;
    }

    @Override
    public synchronized RouteState detach(Permit permit, RouteTarget target) {
        RouteState next =
                new RouteState(List.of(new BackendWeight(target.stable(), 1)), permit.epoch(), Optional.empty());
        write(permit, target, next, "route to stable alone");
        return next;
    }

    @Override
    public synchronized UndoResult restore(Permit permit, RouteTarget target) {
        PriorState.RouteBackends prior = (PriorState.RouteBackends) permit.prior();
        RouteState now = route(target);
        if (now.backends().equals(prior.backends())) {
            return new UndoResult.AlreadyThere("as before");
        }
        if (!isAsWritten(now, target)) {
            return new UndoResult.NotOurs("is " + now.backends() + ", which we did not leave");
        }
        write(permit, target, new RouteState(prior.backends(), permit.epoch(), Optional.empty()), "route restored");
        return new UndoResult.Restored("as before");
    }

    /** What a watcher does on a breach: traffic off, and the epoch stays. */
    public synchronized void trip(RouteTarget target, long epoch) {
        RouteState now = route(target);
        if (now.epoch() == epoch && isAsWritten(now, target)) {
            List<BackendWeight> cut =
                    List.of(new BackendWeight(target.stable(), 100), new BackendWeight(target.canary(), 0));
            routes.put(target.environment().value(), new RouteState(cut, epoch, Optional.of("breach")));
            written.put(target.environment().value(), cut);
            history.add(target.environment() + ": tripped to weight 0");
        }
    }

    @Override
    public synchronized Verdict http(CheckOrder order) {
        return checking;
    }

    private void write(Permit permit, RouteTarget target, RouteState next, String words) {
        RouteState now = route(target);
        if (now.epoch() > permit.epoch()) {
            throw FailureType.FENCED.failure("epoch " + now.epoch() + " is newer than " + permit.epoch());
        }
        if (now.epoch() == permit.epoch() && now.tripped().isPresent()) {
            throw FailureType.TRIPPED.failure("tripped: " + now.tripped().get());
        }
        boolean prior = permit.prior() instanceof PriorState.RouteBackends p
                && p.backends().equals(now.backends());
        if (!prior && !isAsWritten(now, target)) {
            throw FailureType.INTERFERED.failure(target.route() + " is " + now.backends() + ", which we did not leave");
        }
        routes.put(target.environment().value(), next);
        written.put(target.environment().value(), next.backends());
        history.add(target.environment() + ": " + words);
    }

    /** What the first touch did not see, and what we have not made. */
    private boolean changedByOthers(Permit permit, Optional<Revision> now) {
        return now.isPresent()
                        && !ours(permit, now.get())
                        && !(permit.prior() instanceof PriorState.HelmRevision r
                                && r.manifest().equals(manifest(now.get().version())))
                || now.isEmpty() && permit.prior() instanceof PriorState.HelmRevision;
    }

    private static boolean ours(Permit permit, Revision revision) {
        return revision.madeBy().startsWith(permit.stamp().stageRun() + "#");
    }

    private static void fence(Permit permit, Optional<Revision> now) {
        if (now.isPresent() && ours(permit, now.get())) {
            String by = now.get().madeBy();
            if (Long.parseLong(by.substring(by.lastIndexOf('#') + 1)) > permit.epoch()) {
                throw FailureType.FENCED.failure("epoch " + permit.epoch() + " is stale: " + by);
            }
        }
    }

    private RouteState route(RouteTarget target) {
        RouteState now = routes.get(target.environment().value());
        if (now == null) {
            throw FailureType.MISSING.failure("there is no HTTPRoute " + target.route());
        }
        return now;
    }

    private boolean remove(HelmTarget target) {
        boolean there = current.remove(key(target)) != null;
        releases.remove(key(target));
        if (there) {
            history.add(target.environment() + ": helm uninstall " + target.release());
        }
        return there;
    }

    private boolean ready(String key) {
        return deployed(key).map(r -> !neverReady.contains(r.version())).orElse(false);
    }

    private PriorState prior(String key) {
        return deployed(key)
                .<PriorState>map(r -> new PriorState.HelmRevision(
                        r.number(), "chart-1", r.version(), manifest(r.version()), List.of("repo:" + r.version())))
                .orElse(new PriorState.Absent());
    }

    private Optional<Revision> deployed(String key) {
        return Optional.ofNullable(current.get(key)).map(n -> releases.get(key).get(n - 1));
    }

    private Revision add(String key, String version, String by) {
        List<Revision> revisions = releases.computeIfAbsent(key, k -> new ArrayList<>());
        Revision made = new Revision(revisions.size() + 1, version, by);
        revisions.add(made);
        current.put(key, made.number());
        edits.remove(key);
        return made;
    }

    private static Digest manifest(String version) {
        return Digests.sha256(version.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(HelmTarget target) {
        return target.environment() + "/" + target.release();
    }
}
