package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.ServiceName;
import dev.slipway.workflows.api.ReleaseOrder;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Releases: started, listed, shown. */
@RestController
@RequestMapping("/api/v1/releases")
class ReleasesController {
    private final Intake intake;
    private final Admission admission;
    private final Attestations attestations;
    private final Views views;
    private final Recall recall;
    private final Authorization authorization;

    ReleasesController(
            Intake intake,
            Admission admission,
            Attestations attestations,
            Views views,
            Recall recall,
            Authorization authorization) {
        this.intake = intake;
        this.admission = admission;
        this.attestations = attestations;
        this.views = views;
        this.recall = recall;
        this.authorization = authorization;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Requires(Verb.START)
    ResponseEntity<StartAnswer> start(
            @RequestAttribute(AuthenticationFilter.ACTOR) Actor actor,
            @RequestPart("request") StartRequest request,
            @RequestPart("bundle") MultipartFile bundle,
            @RequestPart(name = "evidence", required = false) @Nullable MultipartFile evidence)
            throws IOException {
        ReleaseOrder order = intake.order(actor, request, bundle.getBytes());
        StartAnswer answer = evidence == null
                ? admission.admit(order, request.anew(), attempt -> List.of())
                : attested(order, request.anew(), attestations.read(actor, order, evidence.getBytes()));
        return ResponseEntity.status(answer.already() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create(Admission.self(answer.release())))
                .body(answer);
    }

    /**
     * What joins a release that runs brings its evidence there. Of two that come at one moment neither knows which has joined
     * the other; a release that has the evidence from its order takes it once.
     */
    private StartAnswer attested(ReleaseOrder order, boolean anew, Attestations.Handed handed) {
        StartAnswer answer =
                admission.admit(order, anew, attempt -> List.of(attestations.sign(handed, order.release(), attempt)));
        if (answer.already() || answer.accepted()) {
            return answer;
        }
        try {
            attestations.attest(order.release(), handed);
        } catch (Refusal refusal) {
            if (answer.attached()) {
                throw refusal;
            }
        }
        return answer;
    }

    @GetMapping
    @Requires(Verb.READ)
    Recall.Listing list(
            @RequestAttribute(AuthenticationFilter.ACTOR) Actor actor,
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String phase,
            @RequestParam @Nullable String environment,
            @RequestParam(defaultValue = Page.USUAL) int limit,
            @RequestParam @Nullable String cursor) {
        Page page = Page.of(limit, cursor);
        Catalogue.Filter filter = filter(given(service), given(phase), given(environment));
        return recall.list(filter, id -> readable(actor, id), page);
    }

    @GetMapping("/{id}")
    @Requires(Verb.READ)
    ReleaseView show(@PathVariable ReleaseId id) {
        return recall.show(id, () -> views.see(id).view());
    }

    private boolean readable(Actor actor, ReleaseId id) {
        return authorization.permits(actor, Verb.READ, id.service(), Optional.empty());
    }

    private static Catalogue.Filter filter(
            Optional<String> service, Optional<String> phase, Optional<String> environment) {
        try {
            return new Catalogue.Filter(
                    service.map(ServiceName::new), phase.map(Phase::valueOf), environment.map(EnvironmentName::new));
        } catch (IllegalArgumentException e) {
            boolean ofPhase = phase.isPresent()
                    && java.util.Arrays.stream(Phase.values())
                            .noneMatch(p -> p.name().equals(phase.get()));
            throw Refusal.malformed(
                    ofPhase
                            ? "'" + phase.get() + "' is no phase; phases are " + List.of(Phase.values())
                            : String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(t -> !t.isBlank());
    }
}
