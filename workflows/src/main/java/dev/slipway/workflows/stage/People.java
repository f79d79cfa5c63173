package dev.slipway.workflows.stage;

import dev.slipway.model.Alert;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.Gate;
import dev.slipway.model.Phase;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Approvals;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.Denied;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.SignedDecision;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What people may say to a stage, and how it waits for them. */
final class People {
    private static final Duration LEAST_LAST_CALL = Duration.ofMinutes(30);

    private final ReleaseOrder order;
    private final EnvironmentName environment;
    private final Board board;
    private final Pages pages;
    private final Stop stop;
    private final Noise noise;
    private final List<SignedDecision> given = new ArrayList<>();
    private @Nullable Votes votes;
    private @Nullable Said paused;
    private int resumed;

    People(ReleaseOrder order, EnvironmentName environment, Board board, Pages pages, Stop stop, Noise noise) {
        this.order = order;
        this.environment = environment;
        this.board = board;
        this.pages = pages;
        this.stop = stop;
        this.noise = noise;
    }

    /** Asks for votes until there are enough (Passed), one is a no, or the time is over (both stop the stage). */
    Verdict approve(StageStep step, Gate.Approve gate, Proposal.Shown shown) {
        String gateId = environment + "/" + gate.name();
        Votes open = new Votes(order, gate, gateId);
        votes = open;
        board.say(step, open.summary());
        board.show(step, shown.evidence());
        board.diary().write(Fact.Kind.ASKED, open.summary(), asked(gateId, gate, shown), shown.evidence());
        board.phase(Phase.WAITING, gateId, open.summary());
        boolean decided = awaitVotes(gateId, gate.within(), open);
        votes = null;
        if (!decided) {
            String reason = "nobody decided at " + gateId + " within " + gate.within() + ": " + open.summary();
            stop.request(new StopCause.Expired(gateId, reason));
            return Verdict.inconclusive(reason);
        }
        Optional<Decision> no = open.rejection();
        if (no.isPresent()) {
            stop.request(
                    new StopCause.Rejected(no.get().actor(), gateId, no.get().reason()));
            return Verdict.failed(open.summary());
        }
        given.addAll(open.given());
        return new Verdict.Passed(open.summary(), List.of());
    }

    /** What was said at the gates of this stage that have passed. */
    Approvals approvals() {
        return new Approvals(order.requestedBy().subject(), order.authors(), given);
    }

    /** When little of the time is left and nobody has decided, somebody is called. */
    private boolean awaitVotes(String gateId, Duration within, Votes open) {
        Supplier<Boolean> decided = () -> open.approved() || open.rejection().isPresent();
        Duration last = lastCall(within);
        if (awaitWithin(within.minus(last), "approval " + gateId + ", until somebody is called", decided)) {
            return true;
        }
        pages.open(
                Alert.SlipwayApprovalExpiring,
                "approval " + gateId + " of " + order.release() + " expires in " + last + ": " + open.summary()
                        + "; next: slipway approve " + order.release() + "  or  slipway reject " + order.release()
                        + "; runbook: " + Alert.SlipwayApprovalExpiring.runbook());
        boolean inTime = awaitWithin(last, "approval " + gateId + ", until it expires", decided);
        pages.close(Alert.SlipwayApprovalExpiring, inTime ? open.summary() : "nobody decided in time");
        return inTime;
    }

    /** A third of the time but at least half an hour; a short approval calls nobody in its first half. */
    static Duration lastCall(Duration within) {
        Duration third = within.dividedBy(3);
        Duration last = third.compareTo(LEAST_LAST_CALL) < 0 ? LEAST_LAST_CALL : third;
        Duration half = within.dividedBy(2);
        return last.compareTo(half) > 0 ? half : last;
    }

    void validate(SignedDecision decision) {
        Votes open = votes;
        if (open == null) {
            throw new IllegalArgumentException("no approval is open in "
                    + order.release().service() + ":" + environment + " (it is " + board.phase() + ")");
        }
        open.refusal(decision).ifPresent(refusal -> {
            throw new IllegalArgumentException(refusal);
        });
    }

    String record(SignedDecision signed) {
        Votes open = votes;
        if (open == null) {
            return "the gate has closed meanwhile";
        }
        open.record(signed);
        Map<String, String> what = details(signed);
        what.put("summary", open.summary());
        what.put("missing", Integer.toString(open.missing()));
        board.diary().write(Fact.Kind.DECIDED, words(signed.decision()), what);
        board.tell();
        boolean no = signed.decision().choice() == Decision.Choice.REJECT;
        return no ? "rejected" : open.summary();
    }

    /** What came as a signal, which nobody answers: it counts like an update, or is written down as what it was. */
    void hear(@Nullable SignedDecision signed) {
        if (signed == null || !signed.complete()) {
            ignored("it says nothing", new HashMap<>());
            return;
        }
        Votes open = votes;
        Optional<String> refusal = open == null ? Optional.of("no approval is open") : open.refusal(signed);
        if (refusal.isPresent()) {
            ignored(refusal.get(), details(signed));
            return;
        }
        String unused = record(signed);
    }

    private void ignored(String why, Map<String, String> what) {
        what.put("why", why);
        noise.note(Fact.Kind.IGNORED, "a decision past the starter changed nothing: " + why, what);
    }

    /** What the starter turned away is on record beside what came past it; nobody but its sender is told. */
    void deny(@Nullable Denied denied) {
        Denied note = denied == null ? new Denied("", "", "", "") : denied;
        noise.note(
                Fact.Kind.DENIED,
                "a vote of " + note.by() + " was turned away: " + note.why(),
                Map.of("gate", note.gate(), "by", note.by(), "choice", note.choice(), "why", note.why()));
    }

    private static String words(Decision decision) {
        String verb = decision.choice() == Decision.Choice.REJECT ? " rejected at " : " approved at ";
        return decision.actor()
                + verb
                + decision.gate()
                + (decision.reason().isEmpty() ? "" : ": " + decision.reason());
    }

    private Map<String, String> asked(String gateId, Gate.Approve gate, Proposal.Shown shown) {
        Instant expires = Instant.ofEpochMilli(Workflow.currentTimeMillis()).plus(gate.within());
        Map<String, String> details = new HashMap<>();
        details.put("gate", gateId);
        details.put("group", gate.group());
        details.put("votes", Integer.toString(gate.votes()));
        details.put("expires", expires.toString());
        details.put("fingerprint", order.digests().fingerprint().value());
        details.put("undo", shown.undo());
        shown.difference().digest().ifPresent(whole -> details.put("diff", whole.value()));
        return details;
    }

    private static Map<String, String> details(SignedDecision signed) {
        Decision decision = signed.decision();
        Map<String, String> details = new HashMap<>();
        details.put("gate", decision.gate());
        details.put("by", decision.actor().subject());
        details.put("choice", decision.choice().name());
        details.put("reason", decision.reason());
        details.put("fingerprint", decision.fingerprint().value());
        details.put("nonce", decision.nonce());
        details.put("at", decision.at().toString());
        details.put("keyId", signed.keyId());
        details.put("signature", signed.signature());
        return details;
    }

    void validatePause() {
        if (paused != null) {
            throw new IllegalArgumentException("paused already, by " + paused.by());
        }
        if (board.phase() == Phase.UNDOING || board.phase() == Phase.STUCK || board.phase() == Phase.DONE) {
            throw new IllegalArgumentException("nothing to pause: the stage is " + board.phase());
        }
    }

    void pause(Said said) {
        paused = said;
    }

    void validateResume() {
        if (paused == null && board.phase() != Phase.HOLDING) {
            throw new IllegalArgumentException(
                    "nothing to resume: the stage is " + board.phase() + ", neither paused nor holding");
        }
    }

    void resume() {
        paused = null;
        resumed++;
    }

    /** Whether somebody wants it to wait. */
    boolean paused() {
        return paused != null;
    }

    /** Returns at once when nobody paused the stage. */
    void awaitUnpaused() {
        Said by = paused;
        if (by != null) {
            board.phase(Phase.PAUSED, "resume", by.words("paused"));
            Workflow.await(() -> paused == null);
        }
    }

    /** Holds until a person resumes. */
    void awaitResume(String reason) {
        int before = resumed;
        board.phase(Phase.HOLDING, "resume", reason);
        Workflow.await(() -> resumed > before);
    }

    /** Holds for a time; true when a person resumed. */
    boolean awaitResume(String reason, Duration atMost) {
        int before = resumed;
        board.phase(Phase.HOLDING, "resume", reason);
        return awaitWithin(atMost, "hold", () -> resumed > before);
    }

    /** Whether it was done before the time was over. */
    static boolean awaitWithin(Duration within, String summary, Supplier<Boolean> done) {
        TimerOptions named = TimerOptions.newBuilder().setSummary(summary).build();
        Promise<Void>[] timer = newPromiseArray();
        CancellationScope scope = Workflow.newCancellationScope(() -> timer[0] = Workflow.newTimer(within, named));
        scope.run();
        Workflow.await(() -> done.get() || timer[0].isCompleted());
        if (done.get()) {
            scope.cancel();
            return true;
        }
        return false;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Promise<Void>[] newPromiseArray() {
        return new Promise[1];
    }
}
