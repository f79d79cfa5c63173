package dev.slipway.starter;

import dev.slipway.audit.Entry;
import dev.slipway.model.Actor;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ServiceName;
import dev.slipway.records.Registered;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
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

    /**
     * The list in an object, so that it can grow.
     *
     * @param cursor of the next page; null on the last one
     */
    record Registry(List<Registered> entries, @Nullable String cursor) {}

    @GetMapping("/registry")
    @Requires(Verb.READ)
    Registry registry(
            @RequestAttribute(AuthenticationFilter.ACTOR) Actor actor,
            @RequestParam @Nullable ServiceName service,
            @RequestParam @Nullable EnvironmentName environment,
            @RequestParam(defaultValue = Page.USUAL) int limit,
            @RequestParam @Nullable String cursor) {
        Page page = Page.of(limit, cursor);
        List<Registered> readable = recall
                .archive()
                .registry(service == null ? null : service.value(), environment == null ? null : environment.value())
                .stream()
                .filter(entry ->
                        authorization.permits(actor, Verb.READ, entry.service(), Optional.of(entry.environment())))
                .toList();
        Page.Cut<Registered> cut =
                page.of(readable, entry -> entry.service() + " " + entry.environment(), Comparator.naturalOrder());
        return new Registry(cut.items(), cut.cursor());
    }

    /**
     * The facts of all attempts, each attempt a chain.
     *
     * @param cursor of the next page; null on the last one
     */
    record Facts(
            ReleaseId release, List<Entry> facts, @Nullable String cursor) {}

    /** A fact and its place: facts are only ever added behind the last one. */
    private record Placed(int place, Entry fact) {
        String key() {
            return String.format(Locale.ROOT, "%09d", place);
        }
    }

    @GetMapping("/releases/{id}/facts")
    @Requires(Verb.READ)
    Facts facts(
            @PathVariable ReleaseId id,
            @RequestParam @Nullable EnvironmentName environment,
            @RequestParam Fact.@Nullable Kind kind,
            @RequestParam(defaultValue = Page.USUAL) int limit,
            @RequestParam @Nullable String cursor) {
        Page page = Page.of(limit, cursor);
        List<Entry> facts = recall.archive().facts(id);
        if (facts.isEmpty()) {
            throw Refusal.notFound("nothing is on record of " + id);
        }
        List<Placed> wanted = IntStream.range(0, facts.size())
                .mapToObj(place -> new Placed(place, facts.get(place)))
                .filter(one -> environment == null || one.fact().environment().equals(environment.value()))
                .filter(one -> kind == null || one.fact().kind() == kind)
                .toList();
        Page.Cut<Placed> cut = page.of(wanted, Placed::key, Comparator.naturalOrder());
        return new Facts(id, cut.items().stream().map(Placed::fact).toList(), cut.cursor());
    }
}
