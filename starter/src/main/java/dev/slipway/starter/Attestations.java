package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Report;
import dev.slipway.model.ServiceName;
import dev.slipway.model.StageView;
import dev.slipway.pipeline.Checked;
import dev.slipway.pipeline.EvidenceFile;
import dev.slipway.pipeline.Subjects;
import dev.slipway.workflows.api.Attestation;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseWorkflow;
import dev.slipway.workflows.api.SignedAttestation;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Evidence that is handed in: by whom, for which environments, about which artifacts; signed, then said to the release. */
@Component
class Attestations {
    /** What problems are told with: a request has no file. */
    private static final String FILE = "evidence.json";

    private final Desk desk;
    private final Authorization authorization;
    private final DecisionKey key;
    private final Clock clock = Clock.systemUTC();

    Attestations(Desk desk, Authorization authorization, DecisionKey key) {
        this.desk = desk;
        this.authorization = authorization;
        this.key = key;
    }

    /**
     * Evidence that was read and may be handed in by who does; signed when it is known for which attempt.
     *
     * @param nonce by which a release knows that it has it already
     */
    record Handed(Actor by, Set<EnvironmentName> environments, Digest document, String nonce, List<Report> reports) {}

    /**
     * Evidence that comes with an order.
     *
     * @throws Refusal 403 when this caller may not, 422 invalid-evidence with all problems
     */
    Handed read(Actor actor, ReleaseOrder order, byte[] document) {
        List<EnvironmentName> environments = order.plan().stages().stream()
                .map(stage -> stage.environment().name())
                .toList();
        return read(actor, order.release().service(), environments, order.digests(), document);
    }

    /**
     * Evidence for a release that runs.
     *
     * @throws Refusal as {@link #read}, and 409 when the release takes none any more
     */
    Taken attest(Actor actor, ReleaseId id, byte[] document) {
        Seen seen = desk.outline(id);
        List<EnvironmentName> environments =
                seen.view().stages().stream().map(StageView::environment).toList();
        return attest(seen, read(actor, id.service(), environments, seen.view().digests(), document));
    }

    /** What came with a submission that has joined a release. */
    Taken attest(ReleaseId id, Handed handed) {
        return attest(desk.outline(id), handed);
    }

    private Taken attest(Seen seen, Handed handed) {
        ReleaseId id = seen.view().release();
        ReleaseWorkflow release = desk.release(seen);
        SignedAttestation signed = sign(handed, id, seen.view().attempt());
        String answer = desk.say(seen, () -> release.attest(signed));
        return new Taken(id, Desk.running(seen).map(StageView::environment).orElse(null), answer);
    }

    /** As the release believes it. */
    SignedAttestation sign(Handed handed, ReleaseId id, int attempt) {
        return key.sign(new Attestation(
                id,
                attempt,
                handed.environments(),
                handed.by(),
                now().truncatedTo(ChronoUnit.MILLIS),
                handed.document(),
                handed.nonce(),
                handed.reports()));
    }

    private Handed read(
            Actor actor, ServiceName service, List<EnvironmentName> environments, Digests digests, byte[] document) {
        Set<EnvironmentName> allowed = environments.stream()
                .filter(environment -> authorization.permits(actor, Verb.ATTEST, service, Optional.of(environment)))
                .collect(Collectors.toSet());
        if (allowed.isEmpty()) {
            throw Refusal.notAllowed(actor + " may not " + Authorization.word(Verb.ATTEST) + " " + service + " in "
                    + environments.stream().map(EnvironmentName::value).collect(Collectors.joining(", ")));
        }
        Checked<List<Report>> file = EvidenceFile.read(FILE, document, now(), Subjects.of(digests));
        List<Report> reports = file.value().orElseThrow(() -> Refusal.invalidEvidence(file.problems()));
        return new Handed(
                actor, allowed, Digests.sha256(document), UUID.randomUUID().toString(), reports);
    }

    private Instant now() {
        return clock.instant();
    }
}
