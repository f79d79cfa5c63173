package dev.slipway.starter;

import dev.slipway.model.Outcome;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.SignedAttestation;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowUpdateException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * What a submission becomes: a first attempt, a part of the attempt that runs, a new attempt when it is asked for, or
 * nothing when the version was promoted.
 */
@Component
class Admission {
    /** How often the world may change between look and act. */
    private static final int TRIES = 3;

    private static final String PROMOTED = new Outcome.Promoted().word();

    private final Runs runs;
    private final Launch launch;
    private final Links links;

    Admission(Runs runs, Launch launch, Links links) {
        this.runs = runs;
        this.launch = launch;
        this.links = links;
    }

    /**
     * @param first the order as a first attempt
     * @param again whether the caller wants a new attempt after one that was not promoted
     * @param evidence what was handed in with it, signed for the attempt that it becomes
     * @throws Refusal 409 other-digests or needs-again
     */
    StartAnswer admit(ReleaseOrder first, boolean again, IntFunction<List<SignedAttestation>> evidence) {
        for (int i = 0; i < TRIES; i++) {
            try {
                return tryAdmit(first, again, evidence);
            } catch (WorkflowExecutionAlreadyStarted endedMeanwhile) {
                // an attempt started and ended between look and act: look again
            }
        }
        throw new Refusal(
                HttpStatus.CONFLICT,
                "refused",
                "The release changes too fast",
                "attempts of " + first.release() + " start and end faster than they can be joined",
                "slipway get " + first.release());
    }

    private StartAnswer tryAdmit(ReleaseOrder first, boolean again, IntFunction<List<SignedAttestation>> evidence) {
        Optional<Run> before = runs.latest(first.release());
        if (before.isEmpty()) {
            return launched(first.as(1, evidence.apply(1)), false, false);
        }
        Run run = before.get();
        if (run.running() && !run.ending()) {
            requireSame(run, first, "is running");
            return launched(first.as(run.attempt(), List.of()), false, true);
        }
        String ended = ended(run);
        if (ended.equals(PROMOTED)) {
            requireSame(run, first, "was promoted");
            return answer(first, run.attempt(), false, false, true);
        }
        if (!again) {
            throw Refusal.conflict(
                    "needs-again",
                    "The version was tried before",
                    "attempt " + run.attempt() + " of " + first.release() + " ended as " + ended,
                    "ask for a new attempt with --again");
        }
        if (run.ending()) {
            runs.awaitClosed(run);
        }
        int next = run.attempt() + 1;
        return launched(first.as(next, evidence.apply(next)), true, false);
    }

    private String ended(Run run) {
        String outcome = run.outcome();
        if (run.ending() && outcome != null) {
            return outcome;
        }
        return run.completed() ? runs.result(run).outcome().word() : run.closed();
    }

    private StartAnswer launched(ReleaseOrder order, boolean again, boolean running) {
        try {
            int attempt = launch.attach(order, again);
            return answer(order, attempt, running, false, false);
        } catch (WorkflowUpdateException other) {
            throw otherDigests(String.valueOf(Desk.sentence(other)));
        } catch (WorkflowExecutionAlreadyStarted endedMeanwhile) {
            throw endedMeanwhile;
        } catch (RuntimeException failure) {
            if (!Temporal.unanswered(failure)) {
                throw failure;
            }
            return unconfirmed(order, running);
        }
    }

    /** No worker took it up in time; Temporal may have it all the same. */
    private StartAnswer unconfirmed(ReleaseOrder order, boolean running) {
        Run run = runs.latest(order.release())
                .filter(Run::running)
                .orElseThrow(() -> Refusal.noWorker("nobody knows whether " + order.release() + " was started"));
        requireSame(run, order, "is running");
        return answer(order, run.attempt(), running, true, false);
    }

    private static void requireSame(Run run, ReleaseOrder order, String how) {
        boolean same =
                run.submission().map(s -> s.digests().equals(order.digests())).orElse(true);
        if (!same) {
            throw otherDigests("other digests: attempt " + run.attempt() + " of " + order.release() + " " + how
                    + " with " + run.submission().orElseThrow().digests().fingerprint() + ", submitted "
                    + order.digests().fingerprint());
        }
    }

    private static Refusal otherDigests(String sentence) {
        return Refusal.conflict(
                "other-digests", "The version has other digests", sentence, "give what differs a version of its own");
    }

    private StartAnswer answer(ReleaseOrder order, int attempt, boolean attached, boolean accepted, boolean already) {
        ReleaseId id = order.release();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("self", self(id));
        all.put("events", self(id) + "/events");
        all.putAll(links.of(id.toString(), ""));
        return new StartAnswer(id, attempt, attached, accepted, already, order.digests(), all);
    }

    /** The path of a release in this API. */
    static String self(ReleaseId id) {
        return "/api/v1/releases/" + id.toString().replace("+", "%2B");
    }
}
