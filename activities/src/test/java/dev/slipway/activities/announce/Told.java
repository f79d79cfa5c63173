package dev.slipway.activities.announce;

import dev.slipway.model.Authors;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.workflows.api.Announced;
import dev.slipway.workflows.api.Announcement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A release on its way, as an announcer is told of it. */
final class Told {
    static final String CHANNEL = "C0RELEASES";
    static final String GATE = "production/approve";
    static final String RUN = "run-1";
    private static final Instant AT = Instant.parse("2026-11-22T03:04:05Z");
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");

    private Told() {}

    static Fact fact(Fact.Kind kind, String what, Map<String, String> details) {
        return new Fact(AT, Optional.of(PRODUCTION), kind, what, details, List.of());
    }

    static Fact asked() {
        return fact(
                Fact.Kind.ASKED,
                "0 of 2 approvals from deployers",
                Map.of(
                        "gate",
                        GATE,
                        "group",
                        "deployers",
                        "votes",
                        "2",
                        "expires",
                        "2026-11-25T03:04:05Z",
                        "undo",
                        "about 42s: the version before is deployed again, and the slowest deployment of this release so far, rolling in staging, took that"));
    }

    static Fact voted(String by, String choice, String summary, int missing) {
        return fact(
                Fact.Kind.DECIDED,
                by + " said " + choice,
                Map.of("gate", GATE, "choice", choice, "summary", summary, "missing", Integer.toString(missing)));
    }

    static Fact ended(String outcome, String what) {
        return new Fact(AT, Optional.empty(), Fact.Kind.ENDED, what, Map.of("outcome", outcome), List.of());
    }

    static Announcement announcement(long first, ReleaseView view, @Nullable Announced before, Fact... news) {
        return new Announcement(CHANNEL, RUN, first, view, List.of(news), Optional.ofNullable(before));
    }

    static ReleaseView waiting() {
        return view(Phase.WAITING, null, "0 of 2 approvals from deployers", GATE, List.of());
    }

    static ReleaseView view(
            Phase phase, @Nullable String outcome, String reason, String waitingFor, List<Evidence> evidence) {
        StepView soak = new StepView("soak", "soak", "DONE", "PASSED", "", evidence, AT, AT);
        StageView staging = new StageView(
                new EnvironmentName("staging"), "DONE", "PROMOTED", "", "", 0, 0, List.of(soak), List.of(), "run-s");
        StageView production = new StageView(
                PRODUCTION, phase.name(), outcome, reason, waitingFor, 0, 0, List.of(), List.of(), "run-p");
        ReleaseId id = ReleaseId.parse("podinfo@6.9.2");
        return new ReleaseView(
                id,
                id.service(),
                id.version(),
                1,
                phase,
                outcome,
                reason,
                waitingFor,
                new Digests(digest("chart"), digest("image"), digest("values"), digest("pipeline")),
                "ci",
                Authors.NONE,
                List.of(staging, production),
                Map.of(),
                AT,
                null);
    }

    /** As {@link #waiting}, and the gate's step shows this. */
    static ReleaseView asking(List<Evidence> seen, List<Evidence> shown) {
        ReleaseView view = view(Phase.WAITING, null, "0 of 2 approvals from deployers", GATE, seen);
        StageView waiting = view.stages().get(1);
        StepView ramp = new StepView("ramp 5%", "ramp", "DONE", "PASSED", "", seen, AT, AT);
        StepView approve = new StepView("approve", "approve", "RUNNING", null, "", shown, AT, null);
        StageView production = new StageView(
                waiting.environment(),
                waiting.state(),
                null,
                waiting.reason(),
                GATE,
                5,
                5,
                List.of(ramp, approve),
                List.of(),
                waiting.runId());
        return new ReleaseView(
                view.release(),
                view.service(),
                view.version(),
                1,
                view.phase(),
                null,
                view.reason(),
                GATE,
                view.digests(),
                view.requestedBy(),
                Authors.NONE,
                List.of(view.stages().get(0), production),
                Map.of(),
                AT,
                null);
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

    static Digest digest(String of) {
        return Digests.sha256(of.getBytes(StandardCharsets.UTF_8));
    }
}
