package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.ReleaseId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

    PeopleController(Decisions decisions, Interventions interventions) {
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

    @PostMapping("/evidence")
    @Requires(Verb.ATTEST)
    Taken attest(@PathVariable ReleaseId id) {
        throw Refusal.notSupported(HttpStatus.NOT_IMPLEMENTED, "evidence for " + id);
    }

    private static Reason given(@Nullable Reason reason) {
        return Optional.ofNullable(reason).orElse(Reason.NONE);
    }
}
