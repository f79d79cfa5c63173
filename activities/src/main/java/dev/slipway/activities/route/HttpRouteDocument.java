package dev.slipway.activities.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.model.Backend;
import dev.slipway.model.BackendWeight;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.RouteState;
import dev.slipway.workflows.api.RouteTarget;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An HTTPRoute as the API server has it, read for one target. Only rules that send to stable are ours. */
final class HttpRouteDocument {
    static final String EPOCH = "slipway.dev/epoch";
    static final String TRIPPED = "slipway.dev/tripped";
    static final String RELEASE = "slipway.dev/release";
    static final String BACKENDS = "slipway.dev/backends";

    private final JsonNode json;
    private final RouteTarget target;
    private final List<Integer> rules = new ArrayList<>();
    private final List<Shares> shares = new ArrayList<>();

    HttpRouteDocument(JsonNode json, RouteTarget target) {
        this.json = json;
        this.target = target;
        JsonNode all = json.path("spec").path("rules");
        for (int rule = 0; rule < all.size(); rule++) {
            Shares found = shares(all.get(rule).path("backendRefs"));
            if (found.has(target.stable())) {
                rules.add(rule);
                shares.add(found);
            }
        }
    }

    JsonNode json() {
        return json;
    }

    RouteTarget target() {
        return target;
    }

    /** The positions of our rules. */
    List<Integer> rules() {
        return rules;
    }

    JsonNode backendRefs(int rule) {
        return json.path("spec").path("rules").path(rule).path("backendRefs");
    }

    Optional<String> annotation(String key) {
        return Optional.ofNullable(json.path("metadata").path("annotations").get(key))
                .map(JsonNode::asText);
    }

    /** When rules differ, the backends of all of them, which is like nothing that we ever leave. */
    RouteState state() {
        Set<Shares> different = new LinkedHashSet<>(shares);
        List<BackendWeight> backends =
                different.stream().flatMap(s -> s.list().stream()).toList();
        return new RouteState(backends, epoch(), annotation(TRIPPED));
    }

    /** What the last write of ours left. */
    Optional<Shares> left() {
        return annotation(BACKENDS).flatMap(Shares::parse);
    }

    private long epoch() {
        String text = annotation(EPOCH).orElse("0");
        if (!text.matches("\\d{1,18}")) {
            throw FailureType.INVALID_INPUT.failure("HTTPRoute " + target.namespace() + "/" + target.route()
                    + ": the annotation " + EPOCH + " is '" + text + "', which is no number. Remove it.");
        }
        return Long.parseLong(text);
    }

    /** What keeps us from setting exact shares; goes after the route's name. */
    Optional<String> objection() {
        if (rules.isEmpty()) {
            return Optional.of("has no rule with a backendRef to " + target.stable() + "; its backends are "
                    + allBackends() + ". Add one backendRef to " + target.stable() + ".");
        }
        Shares first = shares.get(0);
        for (int i = 1; i < shares.size(); i++) {
            if (!first.same(shares.get(i))) {
                return Optional.of("splits traffic differently in its rules " + rules.get(0) + " (" + first + ") and "
                        + rules.get(i) + " (" + shares.get(i) + "). Make them the same, or use one route each.");
            }
        }
        return stranger(first);
    }

    private Optional<String> stranger(Shares backends) {
        Set<Backend> seen = new LinkedHashSet<>();
        for (BackendWeight each : backends.list()) {
            boolean ours =
                    each.backend().equals(target.stable()) || each.backend().equals(target.canary());
            if (!ours && each.weight() > 0) {
                return Optional.of("also sends traffic to " + each.backend() + " (" + backends
                        + "), so shares would not be what they say. Give it weight 0, or remove it.");
            }
            if (!seen.add(each.backend())) {
                return Optional.of("names " + each.backend() + " twice in one rule (" + backends + "). Name it once.");
            }
        }
        return Optional.empty();
    }

    private String allBackends() {
        String all = json.path("spec").path("rules").findValues("backendRefs").stream()
                .map(this::shares)
                .map(Shares::toString)
                .distinct()
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? "none" : all;
    }

    private Shares shares(JsonNode backendRefs) {
        List<BackendWeight> list = new ArrayList<>();
        backendRefs.forEach(ref -> list.add(new BackendWeight(
                backend(ref), ref.path("weight").isNumber() ? ref.path("weight").asInt() : 1)));
        return new Shares(list);
    }

    /** A backend that is no Service of the route's own namespace gets a name that is like none of ours. */
    Backend backend(JsonNode ref) {
        String name = ref.path("name").asText();
        String kind = ref.path("kind").asText("Service");
        @Nullable JsonNode namespace = ref.get("namespace");
        if (!kind.equals("Service") || !ref.path("group").asText("").isEmpty()) {
            name = kind + "/" + name;
        }
        if (namespace != null && !namespace.asText().equals(target.namespace())) {
            name = namespace.asText() + "/" + name;
        }
        return new Backend(name, ref.path("port").asInt());
    }
}
