package dev.slipway.starter;

import dev.slipway.audit.Entry;
import dev.slipway.model.Actor;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ServiceName;
import dev.slipway.records.Registered;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What only the records know: what runs where, and everything that happened in a release. */
@RestController
@RequestMapping("/api/v1")
class RecordsController {
    private final Recall recall;
    private final Authorization authorization;

    RecordsController(Recall recall, Authorization authorization) {
        this.recall = recall;
        this.authorization = authorization;
    }

    /** The list in an object, so that it can grow. */
    record Registry(List<Registered> entries) {}

    @GetMapping("/registry")
    @Requires(Verb.READ)
    Registry registry(
            @RequestAttribute(AuthenticationFilter.ACTOR) Actor actor,
            @RequestParam @Nullable ServiceName service,
            @RequestParam @Nullable EnvironmentName environment) {
        return new Registry(recall
                .archive()
                .registry(service == null ? null : service.value(), environment == null ? null : environment.value())
                .stream()
                .filter(entry ->
                        authorization.permits(actor, Verb.READ, entry.service(), Optional.of(entry.environment())))
                .toList());
    }

    /** The facts of all attempts, each attempt a chain. */
    record Facts(ReleaseId release, List<Entry> facts) {}

    @GetMapping("/releases/{id}/facts")
    @Requires(Verb.READ)
    Facts facts(@PathVariable ReleaseId id) {
        List<Entry> facts = recall.archive().facts(id);
        if (facts.isEmpty()) {
            throw Refusal.notFound("nothing is on record of " + id);
        }
        return new Facts(id, facts);
    }
}
