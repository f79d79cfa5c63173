package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.ReleaseId;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people say to a release that runs. */
@RestController
@RequestMapping("/api/v1/releases/{id}")
class PeopleController {
    private static final String ACTOR = AuthenticationFilter.ACTOR;

    private final Decisions decisions;
    private final Interventions interventions;
    private final Attestations attestations;

    PeopleController(Decisions decisions, Interventions interventions, Attestations attestations) {
        this.attestations = attestations;
        this.decisions = decisions;
        this.interventions = interventions;
    }

    @PostMapping("/decisions")
    @Requires(Verb.DECIDE)
    Taken decide(
            @RequestAttribute(ACTOR) Actor actor, @PathVariable ReleaseId id, @RequestBody DecisionRequest request) {
        return decisions.decide(actor, id, request);
    }

    @PostMapping("/abort")
    @Requires(Verb.ABORT)
    Taken abort(
            @RequestAttribute(ACTOR) Actor actor,
            @PathVariable ReleaseId id,
            @RequestBody(required = false) @Nullable Reason reason) {
        return interventions.abort(actor, id, given(reason));
    }

    @PostMapping("/pause")
    @Requires(Verb.PAUSE)
    Taken pause(
            @RequestAttribute(ACTOR) Actor actor,
            @PathVariable ReleaseId id,
            @RequestBody(required = false) @Nullable Reason reason) {
        return interventions.pause(actor, id, given(reason));
    }

    @PostMapping("/resume")
    @Requires(Verb.RESUME)
    Taken resume(
            @RequestAttribute(ACTOR) Actor actor,
            @PathVariable ReleaseId id,
            @RequestBody(required = false) @Nullable Reason reason) {
        return interventions.resume(actor, id, given(reason));
    }

    @PostMapping("/retry-undo")
    @Requires(Verb.RETRY_UNDO)
    Taken retryUndo(
            @RequestAttribute(ACTOR) Actor actor,
            @PathVariable ReleaseId id,
            @RequestBody(required = false) @Nullable Reason reason) {
        return interventions.retryUndo(actor, id, given(reason));
    }

    @PostMapping("/accept-as-is")
    @Requires(Verb.ACCEPT_AS_IS)
    Taken acceptAsIs(
            @RequestAttribute(ACTOR) Actor actor,
            @PathVariable ReleaseId id,
            @RequestBody(required = false) @Nullable Reason reason) {
        return interventions.acceptAsIs(actor, id, given(reason));
    }

    /** As its bytes: each problem is told with its place, and the digest of all of it is kept. */
    @PostMapping(path = "/evidence", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Verb.ATTEST)
    Taken attest(
            @RequestAttribute(ACTOR) Actor actor,
            @PathVariable ReleaseId id,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            array = @ArraySchema(schema = @Schema(implementation = Entry.class))))
                    @RequestBody
                    byte[] document) {
        return attestations.attest(actor, id, document);
    }

    /** What {@code /openapi.json} says of an entry; {@link dev.slipway.pipeline.EvidenceFile} is what reads it. */
    @Schema(name = "EvidenceEntry")
    record Entry(
            String name,
            @Schema(allowableValues = {"passed", "failed"}) String status,
            String subject,
            @Nullable String url,
            Instant producedAt,
            @Nullable Object details) {}

    private static Reason given(@Nullable Reason reason) {
        return Optional.ofNullable(reason).orElse(Reason.NONE);
    }
}
