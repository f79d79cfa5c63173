package dev.slipway.cli;

import static dev.slipway.cli.Views.step;
import static dev.slipway.cli.Views.undo;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.Resource;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.UndoView;
import java.util.ArrayList;
import java.util.List;

/** Releases with something to explain, in the words of the watch, the undo and the people as they are. */
final class Stories {
    static final String QUERY = "http_requests_total{status=~\"5..\",namespace=\"production\","
            + "app_kubernetes_io_instance=\"podinfo-canary\"} / http_requests_total{namespace=\"production\","
            + "app_kubernetes_io_instance=\"podinfo-canary\"}";
    private static final String BAD = "errors: 20 % of 40 against 0.083 % of 3,600: 4,400 to 1 against";
    private static final StepView APPROVED = step(
            "approve",
            "approve",
            "DONE",
            "PASSED",
            "2 of 2 approvals from deployers (approver-1, approver-2)",
            112,
            60);
    private static final StepView GOOD_RAMP = step(
            "ramp 5%",
            "ramp",
            "DONE",
            "PASSED",
            "errors: 0.1 % of 2,040 with 1 % allowed: 130 to 1 in favour",
            180,
            120,
            new Evidence(
                    "errors",
                    "0.1 % of 2,040 against 0.083 % of 36,000: undecided, 1.4 to 1 against and 9.1 to 1 in favour; "
                            + "p 0.72, fails at 4,000 to 1, passes at 120 to 1",
                    QUERY),
            new Evidence(
                    "errors",
                    "0.1 % of 2,040 with 1 % allowed: 130 to 1 in favour; p 1, fails at 4,000 to 1, passes at 120 to 1",
                    QUERY));

    private Stories() {}

    static final ReleaseView ROLLED_BACK = Views.ended(
            "ROLLED_BACK",
            "ramp 25%: " + BAD,
            development(),
            production(
                    "DONE",
                    "ROLLED_BACK",
                    "ramp 25%: " + BAD,
                    0,
                    List.of(
                            undo(
                                    Resource.ROUTE,
                                    "RESTORED",
                                    "podinfo:9898=1, read back and taken by the router",
                                    592,
                                    3),
                            undo(Resource.CANARY, "RESTORED", "podinfo-canary is uninstalled", 595, 5)),
                    GOOD_RAMP,
                    step(
                            "ramp 25%",
                            "ramp",
                            "FAILED",
                            "FAILED",
                            BAD,
                            580,
                            12,
                            new Evidence(
                                    "errors",
                                    BAD.substring("errors: ".length())
                                            + "; p 2.3e-4, fails at 4,000 to 1, passes at 120 to 1",
                                    QUERY)),
                    step("promote", "promote", "PENDING", null, "", -1, 0)));

    static final ReleaseView HELD = Views.release(
            Phase.HOLDING,
            "resume",
            "ramp 5%: undecided after 5m: errors: 0 of 20 requests",
            development(),
            production(
                    "HOLDING",
                    null,
                    "ramp 5%: undecided after 5m: errors: 0 of 20 requests",
                    5,
                    open(),
                    step(
                            "ramp 5%",
                            "ramp",
                            "HOLDING",
                            "INCONCLUSIVE",
                            "undecided after 5m: errors: 0 of 20 requests",
                            180,
                            300,
                            new Evidence("errors", "no fresh samples for " + QUERY, QUERY)),
                    step("promote", "promote", "PENDING", null, "", -1, 0)));

    static final ReleaseView PROMOTED = Views.ended(
            "PROMOTED",
            "",
            development(),
            production(
                    "DONE",
                    "PROMOTED",
                    "",
                    0,
                    List.of(),
                    GOOD_RAMP,
                    step("promote", "promote", "DONE", "PASSED", "", 300, 20)));

    static final ReleaseView SOAKING = Views.release(
            Phase.RUNNING,
            "",
            "",
            new StageView(
                    new EnvironmentName("staging"),
                    "RUNNING",
                    null,
                    "",
                    "",
                    0,
                    0,
                    List.of(
                            step("rolling", "rolling", "DONE", "PASSED", "", 3, 40),
                            step(
                                    "soak",
                                    "soak",
                                    "RUNNING",
                                    null,
                                    "",
                                    43,
                                    0,
                                    Evidence.of("earned", "8m of 24h"),
                                    Evidence.of("missing", "seen healthy for 8m of 24h"),
                                    Evidence.of("missing", "errors: 3,112 of 10000 requests"),
                                    Evidence.of(
                                            "missing",
                                            "errors: 2.1 % of 3,112 with 1 % allowed: undecided, 210 to 1 against"))),
                    List.of(UndoView.open(Resource.STABLE)),
                    "run"),
            Views.pending("production"));

    static final ReleaseView ABORTED = Views.ended(
            "ABORTED",
            "aborted by approver-1: wrong weights",
            development(),
            production(
                    "DONE",
                    "ABORTED",
                    "aborted by approver-1: wrong weights",
                    0,
                    List.of(
                            undo(
                                    Resource.ROUTE,
                                    "RESTORED",
                                    "podinfo:9898=1, read back and taken by the router",
                                    592,
                                    3),
                            undo(Resource.CANARY, "ALREADY_THERE", "no release podinfo-canary", 595, 5)),
                    step("ramp 5%", "ramp", "STOPPED", null, "aborted by approver-1: wrong weights", 580, 12),
                    step("promote", "promote", "PENDING", null, "", -1, 0)));

    static final ReleaseView REJECTED = Views.ended(
            "REJECTED",
            "rejected by approver-2 at production/approve: not on a Friday",
            new StageView(
                    new EnvironmentName("production"),
                    "DONE",
                    "REJECTED",
                    "rejected by approver-2 at production/approve: not on a Friday",
                    "",
                    0,
                    0,
                    List.of(step(
                            "approve",
                            "approve",
                            "STOPPED",
                            "FAILED",
                            "0 of 1 approvals from deployers, rejected by approver-2",
                            112,
                            60)),
                    List.of(),
                    "run"));

    private static StageView development() {
        return new StageView(
                new EnvironmentName("development"),
                "DONE",
                "PROMOTED",
                "",
                "",
                0,
                0,
                List.of(
                        step("rolling", "rolling", "DONE", "PASSED", "", 3, 40),
                        step(
                                "soak",
                                "soak",
                                "DONE",
                                "PASSED",
                                "errors: 0.021 % of 48,210 with 1 % allowed: undecided, nothing against",
                                43,
                                60,
                                new Evidence(
                                        "errors",
                                        "0.021 % of 48,210 with 1 % allowed: undecided, nothing against; p 1, "
                                                + "fails at 8,000 to 1",
                                        QUERY.replace("production", "development")),
                                Evidence.of("healthy", "1m of 1m"))),
                List.of(),
                "run-of-development");
    }

    private static StageView production(
            String state, String outcome, String reason, int weight, List<UndoView> undo, StepView... steps) {
        List<StepView> all = new ArrayList<>();
        all.add(APPROVED);
        all.add(step("canary", "canary", "DONE", "PASSED", "", 172, 8));
        all.addAll(List.of(steps));
        return new StageView(
                new EnvironmentName("production"),
                state,
                outcome,
                reason,
                outcome == null ? "resume" : "",
                weight,
                weight,
                all,
                undo,
                "run");
    }

    private static List<UndoView> open() {
        return List.of(UndoView.open(Resource.ROUTE), UndoView.open(Resource.CANARY));
    }
}
