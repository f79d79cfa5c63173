package dev.slipway.cli;

import dev.slipway.model.Authors;
import dev.slipway.model.Difference;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.Resource;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.UndoView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** States of one release, as the server would tell them. */
final class Views {
    static final ReleaseId ID = ReleaseId.parse("podinfo@6.9.2");
    static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
    static final Instant NOW = START.plusSeconds(600);
    static final Digests DIGESTS = new Digests(digest('c'), digest('a'), digest('e'), digest('d'));

    private Views() {}

    static Digest digest(char hex) {
        return new Digest("sha256:" + String.valueOf(hex).repeat(64));
    }

    static ReleaseView release(Phase phase, String waitingFor, String reason, StageView... stages) {
        return view(1, phase, null, waitingFor, reason, stages);
    }

    static ReleaseView ended(String outcome, String reason, StageView... stages) {
        return view(1, Phase.DONE, outcome, "", reason, stages);
    }

    static ReleaseView attempt(int attempt, ReleaseView of) {
        return view(
                attempt,
                of.phase(),
                of.outcome(),
                of.waitingFor(),
                of.reason(),
                of.stages().toArray(StageView[]::new));
    }

    static ReleaseView writtenBy(ReleaseView view, String... authors) {
        return new ReleaseView(
                view.release(),
                view.service(),
                view.version(),
                view.attempt(),
                view.phase(),
                view.outcome(),
                view.reason(),
                view.waitingFor(),
                view.digests(),
                view.requestedBy(),
                new Authors(List.of(authors)),
                view.stages(),
                view.links(),
                view.startedAt(),
                view.endedAt());
    }

    private static ReleaseView view(
            int attempt, Phase phase, String outcome, String waitingFor, String reason, StageView... stages) {
        return new ReleaseView(
                ID,
                ID.service(),
                ID.version(),
                attempt,
                phase,
                outcome,
                reason,
                waitingFor,
                DIGESTS,
                "ci",
                Authors.NONE,
                List.of(stages),
                Map.of("temporal", "http://127.0.0.1:8233/namespaces/default/workflows/podinfo@6.9.2"),
                START,
                phase == Phase.DONE ? NOW : null);
    }

    static StageView pending(String environment) {
        return StageView.pending(new EnvironmentName(environment));
    }

    /** Development as it looks when the version has passed there. */
    static StageView passed(String environment) {
        return new StageView(
                new EnvironmentName(environment),
                "DONE",
                "PROMOTED",
                "",
                "",
                0,
                0,
                List.of(
                        step("render", "render", "DONE", "PASSED", "", 0, 3),
                        step("rolling", "rolling", "DONE", "PASSED", "revision 31 is ready", 3, 40),
                        step(
                                "soak",
                                "soak",
                                "DONE",
                                "PASSED",
                                "healthy for 1m",
                                43,
                                60,
                                Evidence.of("errors", "0.02% of 48210 requests bad, objective 99%"),
                                Evidence.of("latency", "99.1% of 48210 requests at most 0.25s, objective 95%"))),
                List.of(),
                "run-of-" + environment);
    }

    /** Production in the middle of a canary. */
    static StageView ramping(int want, int actual) {
        return new StageView(
                new EnvironmentName("production"),
                "RUNNING",
                null,
                "",
                "",
                want,
                actual,
                List.of(
                        step("render", "render", "DONE", "PASSED", "", 110, 2),
                        step(
                                "approve",
                                "approve",
                                "DONE",
                                "PASSED",
                                "1 of 1 approvals from deployers (approver-2)",
                                112,
                                60),
                        step("canary", "canary", "DONE", "PASSED", "", 172, 8),
                        step("ramp 5%", "ramp", "DONE", "PASSED", "", 180, 120),
                        step(
                                "ramp 25%",
                                "ramp",
                                "RUNNING",
                                null,
                                "judging since 1m, 212 of 500 requests",
                                300,
                                0,
                                Evidence.of("errors", "0 of 212 requests bad, objective 99%")),
                        step("promote", "promote", "PENDING", null, "", -1, 0)),
                List.of(UndoView.open(Resource.ROUTE), UndoView.open(Resource.CANARY)),
                "run");
    }

    /** Production after an undo. */
    static StageView undone(String outcome, String stable, String detail) {
        String reason = "ramp 5%: errors 21.3% of 160 requests bad, objective 99%";
        return new StageView(
                new EnvironmentName("production"),
                outcome == null ? "STUCK" : "DONE",
                outcome,
                reason,
                "",
                0,
                0,
                List.of(
                        step("render", "render", "DONE", "PASSED", "", 110, 2),
                        step("canary", "canary", "DONE", "PASSED", "", 172, 8),
                        step(
                                "ramp 5%",
                                "ramp",
                                "FAILED",
                                "FAILED",
                                "errors breached",
                                180,
                                12,
                                Evidence.of("errors", "21.3% of 160 requests bad, objective 99%")),
                        step("promote", "promote", "STOPPED", null, "", -1, 0)),
                List.of(
                        undo(Resource.ROUTE, "RESTORED", "stable 100, read back", 192, 1),
                        undo(Resource.CANARY, "RESTORED", "uninstalled", 193, 4),
                        undo(Resource.STABLE, stable, detail, 197, 75)),
                "run");
    }

    /** A stage that waits for people. */
    static StageView waiting() {
        return new StageView(
                new EnvironmentName("production"),
                "WAITING",
                null,
                "0 of 1 approvals from deployers",
                "production/approve",
                0,
                0,
                List.of(
                        step("render", "render", "DONE", "PASSED", "", 110, 2),
                        step("approve", "approve", "RUNNING", null, "", 112, 0, shown()),
                        step("canary", "canary", "PENDING", null, "", -1, 0),
                        step("ramp 5%", "ramp", "PENDING", null, "", -1, 0),
                        step("promote", "promote", "PENDING", null, "", -1, 0)),
                List.of(),
                "run");
    }

    /** What people are asked about. */
    private static Evidence[] shown() {
        return new Difference(
                        "podinfo@6.9.1 (revision 4, chart podinfo-6.9.1)",
                        "2 values and 2 objects (1 new, 0 gone, 1 changed)",
                        List.of("ClusterRole/podinfo is new"),
                        List.of("image.tag: \"6.9.1\" -> \"6.9.2\"", "db.password: (masked) -> (masked, changed)"),
                        List.of("ClusterRole/podinfo new, +8", "Deployment/podinfo changed, +2 -2"),
                        "=== Deployment/podinfo changed, +2 -2\n-  a\n+  b",
                        Optional.empty(),
                        "")
                .kept(digest('f'), "")
                .evidence("slipway diff podinfo@6.9.2 --environment production")
                .toArray(Evidence[]::new);
    }

    static ReleaseView atApproval() {
        return release(
                Phase.WAITING,
                "production/approve",
                "0 of 1 approvals from deployers",
                passed("development"),
                waiting());
    }

    /**
     * @param at seconds after the start, -1 for not yet
     * @param took seconds, 0 for not ended
     */
    static StepView step(
            String name,
            String kind,
            String state,
            String verdict,
            String reason,
            int at,
            int took,
            Evidence... evidence) {
        Instant started = at < 0 ? null : START.plusSeconds(at);
        return new StepView(
                name,
                kind,
                state,
                verdict,
                reason,
                List.of(evidence),
                started,
                took == 0 || started == null ? null : started.plusSeconds(took));
    }

    /**
     * @param at seconds after the start
     * @param took seconds
     */
    static UndoView undo(Resource resource, String state, String detail, int at, int took) {
        return new UndoView(resource, state, detail, START.plusSeconds(at), START.plusSeconds(at + took));
    }
}
