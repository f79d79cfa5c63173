package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.Digest;
import dev.slipway.model.Environment;
import dev.slipway.model.ReleasePlan;
import dev.slipway.pipeline.Checked;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Policy;
import dev.slipway.pipeline.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** What this platform is: environments, policy, what a plan would become here, and the bundles for workers. */
@RestController
@RequestMapping("/api/v1")
class PlatformController {
    private final Plans plans;
    private final BundleStore bundles;
    private final Authorization authorization;
    private final AddressBook addresses;

    PlatformController(Plans plans, BundleStore bundles, Authorization authorization, AddressBook addresses) {
        this.addresses = addresses;
        this.plans = plans;
        this.bundles = bundles;
        this.authorization = authorization;
    }

    /**
     * A plan as this platform would freeze it.
     *
     * @param plan null when there are problems
     */
    record PlanAnswer(boolean valid, @Nullable ReleasePlan plan, List<Problem> problems) {}

    @PostMapping(path = "/plans", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Requires(Verb.READ)
    PlanAnswer plan(
            @RequestAttribute(AuthenticationFilter.ACTOR) Actor actor,
            @RequestPart(name = "request", required = false) @Nullable StartRequest request,
            @RequestPart("bundle") MultipartFile bundle)
            throws IOException {
        Checked<Pipeline> pipeline = Plans.bundle(bundle.getBytes()).pipeline();
        pipeline.value().ifPresent(known -> authorization.demand(actor, Verb.READ, known.service(), Optional.empty()));
        Checked<ReleasePlan> plan = pipeline.then(known -> plan(known, request));
        return new PlanAnswer(plan.value().isPresent(), plan.value().orElse(null), plan.problems());
    }

    /** A slipway that sends no request cannot name authors with a plan, so it is not told that none are named. */
    private Checked<ReleasePlan> plan(Pipeline pipeline, @Nullable StartRequest request) {
        return request == null ? plans.plan(pipeline) : plans.plan(pipeline, addresses.authors(request.namedAuthors()));
    }

    /** What a release.yaml may name, and what protected ones demand. */
    record Platform(List<Environment> environments, Policy policy) {}

    @GetMapping("/environments")
    @Requires(Verb.READ)
    Platform environments() {
        return new Platform(plans.environments(), plans.policy());
    }

    @GetMapping(path = "/bundles/{digest}", produces = "application/gzip")
    @Requires(Verb.FETCH)
    ResponseEntity<byte[]> bundle(@PathVariable String digest) {
        byte[] archive =
                bundles.archive(parsed(digest)).orElseThrow(() -> Refusal.notFound("there is no bundle " + digest));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(archive);
    }

    private static Digest parsed(String digest) {
        try {
            return new Digest(digest);
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }
}
