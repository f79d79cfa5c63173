package dev.slipway.workflows.testing;

import dev.slipway.model.Actor;
import dev.slipway.model.Analysis;
import dev.slipway.model.Authors;
import dev.slipway.model.BundleRef;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.Environment;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Gate;
import dev.slipway.model.Image;
import dev.slipway.model.ImagePlan;
import dev.slipway.model.LoadPlan;
import dev.slipway.model.Objective;
import dev.slipway.model.Owner;
import dev.slipway.model.Ramp;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleasePlan;
import dev.slipway.model.Report;
import dev.slipway.model.Rollout;
import dev.slipway.model.ServiceName;
import dev.slipway.model.Slo;
import dev.slipway.model.StagePlan;
import dev.slipway.model.TrafficPlan;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.Sink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans and orders for tests: podinfo through rolling development and a canary in production. */
public final class Plans {
    public static final Actor CI = new Actor("ci", Set.of("ci", "deployers"));
    public static final Slo ERRORS = new Slo.Ratio(
            "errors", "http_requests_total{status=~\"5..\"}", "http_requests_total", Objective.parse("99%"));
    public static final Slo LATENCY =
            new Slo.Latency("latency", "http_request_duration_seconds", 3, Objective.parse("95%"));

    private Plans() {}

    public static Environment environment(String name) {
        return environment(name, Duration.ofMinutes(10));
    }

    /** The same stage where trouble is told after another time: the test server skips none while a worker is away. */
    public static StagePlan patience(Duration blindBudget, StagePlan stage) {
        return new StagePlan(
                environment(stage.environment().name().value(), blindBudget),
                stage.valuesFiles(),
                stage.before(),
                stage.rollout(),
                stage.after());
    }

    private static Environment environment(String name, Duration blindBudget) {
        return new Environment(
                new EnvironmentName(name), name.equals("production"), name, Duration.ofMinutes(10), 10, blindBudget);
    }

    public static StagePlan rolling(String environment, Gate... after) {
        return new StagePlan(
                environment(environment), List.of("values.yaml"), List.of(), new Rollout.Rolling(), List.of(after));
    }

    public static StagePlan canary(String environment, List<Gate> before, int... percents) {
        Analysis analysis =
                new Analysis(List.of(ERRORS), Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5), 50);
        List<Ramp> ramps = java.util.Arrays.stream(percents)
                .mapToObj(p -> new Ramp(new Weight(p), analysis, Optional.empty()))
                .toList();
        return new StagePlan(
                environment(environment),
                List.of("values.yaml"),
                before,
                new Rollout.Canary(List.of(), ramps, Duration.ofMinutes(1)),
                List.of(soak(Duration.ofHours(24))));
    }

    /** The same canary, drained at once and without gates after it: for servers that skip no time. */
    public static StagePlan quick(StagePlan stage) {
        Rollout.Canary canary = (Rollout.Canary) stage.rollout();
        return new StagePlan(
                stage.environment(),
                stage.valuesFiles(),
                stage.before(),
                new Rollout.Canary(canary.beforeTraffic(), canary.ramps(), Duration.ofSeconds(1)),
                List.of());
    }

    public static Gate.Soak soak(Duration healthyFor) {
        return new Gate.Soak("soak", healthyFor, healthyFor.multipliedBy(2), List.of(ERRORS), 100);
    }

    /** As {@link #soak(Duration)}, and requests must be fast enough. */
    public static Gate.Soak fastSoak(Duration healthyFor) {
        return new Gate.Soak("soak", healthyFor, healthyFor.multipliedBy(2), List.of(ERRORS, LATENCY), 100);
    }

    /** The same, under the load of a CronJob. */
    public static Gate.Soak loaded(Gate.Soak soak, String job) {
        return new Gate.Soak(
                soak.name(),
                soak.healthyFor(),
                soak.atMost(),
                soak.slos(),
                soak.rule(),
                soak.minRequests(),
                Optional.of(new LoadPlan(job)));
    }

    public static Gate.Approve approve(int votes) {
        return new Gate.Approve("approve", "deployers", votes, Duration.ofHours(72));
    }

    /** A gate for these, of CI's and no older than a week. */
    public static Gate.Require require(String... evidence) {
        return new Gate.Require(
                "require", List.of(evidence), Optional.of(Duration.ofDays(7)), Optional.of("ci"), Duration.ofHours(72));
    }

    /** A stage behind gates. */
    public static StagePlan behind(StagePlan stage, Gate... before) {
        return new StagePlan(stage.environment(), stage.valuesFiles(), List.of(before), stage.rollout(), stage.after());
    }

    /** What somebody found out about the image of this order just now. */
    public static Report report(ReleaseOrder order, String name, Report.Status status) {
        return new Report(
                name,
                status,
                order.digests().image(),
                "https://ci/" + name,
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                digest(name + status));
    }

    public static ReleaseOrder order(String version, Map<String, String> keys, StagePlan... stages) {
        ReleasePlan plan = new ReleasePlan(
                ReleasePlan.SEMANTICS,
                new ServiceName("podinfo"),
                new Owner("platform", "", ""),
                "podinfo",
                new ImagePlan("registry/podinfo", "image"),
                Optional.of(new TrafficPlan("podinfo")),
                List.of(stages));
        Digest image = digest("image " + version);
        Digests digests = new Digests(digest("chart"), image, digest("values"), digest("pipeline"));
        return new ReleaseOrder(
                ReleaseId.parse("podinfo@" + version),
                1,
                plan,
                new BundleRef(digest("bundle"), "chart"),
                new Image("registry/podinfo", version, image, "image"),
                digests,
                CI,
                keys,
                Optional.of("C0RELEASES"),
                false);
    }

    /** The same, but it does not wait in line. */
    public static ReleaseOrder superseding(ReleaseOrder order) {
        return new ReleaseOrder(
                order.release(),
                order.attempt(),
                order.plan(),
                order.bundle(),
                order.image(),
                order.digests(),
                order.requestedBy(),
                order.approvalKeys(),
                order.channel(),
                true);
    }

    /** The same, and sinks hear of it. */
    public static ReleaseOrder telling(ReleaseOrder order, Sink... sinks) {
        return new ReleaseOrder(
                order.release(),
                order.attempt(),
                order.plan(),
                order.bundle(),
                order.image(),
                order.digests(),
                order.requestedBy(),
                order.approvalKeys(),
                order.channel(),
                order.supersede(),
                List.of(sinks),
                order.evidence(),
                order.authors());
    }

    /** The same, and somebody has said who wrote what is in it. */
    public static ReleaseOrder writtenBy(ReleaseOrder order, String... authors) {
        return new ReleaseOrder(
                order.release(),
                order.attempt(),
                order.plan(),
                order.bundle(),
                order.image(),
                order.digests(),
                order.requestedBy(),
                order.approvalKeys(),
                order.channel(),
                order.supersede(),
                order.sinks(),
                order.evidence(),
                new Authors(List.of(authors)));
    }

    /** The same order with a plan of another meaning. */
    public static ReleaseOrder meaning(int semantics, ReleaseOrder order) {
        ReleasePlan plan = order.plan();
        return new ReleaseOrder(
                order.release(),
                order.attempt(),
                new ReleasePlan(
                        semantics,
                        plan.service(),
                        plan.owner(),
                        plan.helmRelease(),
                        plan.image(),
                        plan.traffic(),
                        plan.stages()),
                order.bundle(),
                order.image(),
                order.digests(),
                order.requestedBy(),
                order.approvalKeys(),
                order.channel(),
                order.supersede());
    }

    public static Digest digest(String text) {
        return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
