package dev.slipway.pipeline;

import dev.slipway.model.Gate;
import dev.slipway.model.Objective;
import dev.slipway.model.Rule;
import dev.slipway.model.Slo;
import dev.slipway.model.analysis.sequential.BurnRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The gates of one stage. */
final class Gates {
    /** Requests that a verdict needs unless the file says another number. */
    static final long MIN_REQUESTS = 50;

    private final Problems problems;
    private final Durations durations;
    private final Slos slos;
    private final GateNames names;
    private final String environment;
    private final Loads loads;

    /** @param service its name, which stands for {@code {service}} in other names */
    Gates(Part stage, Slos slos, String service, Problems problems) {
        this.problems = problems;
        this.loads = new Loads(service, problems);
        this.durations = new Durations(problems);
        this.slos = slos;
        this.names = new GateNames(stage, problems);
        this.environment = stage.text("environment").orElse("");
    }

    /** Where gates may stand, and which have a sense there. */
    enum Place {
        BEFORE(Set.of("require", "approve"), "nothing of the new version runs yet: move it to 'after'"),
        BEFORE_TRAFFIC(Set.of("require", "approve", "check"), "the canary has no traffic yet: move it to 'after'"),
        AFTER(Set.of("require", "approve", "check", "soak"), "");

        private final Set<String> kinds;
        private final String otherwise;

        Place(Set<String> kinds, String otherwise) {
            this.kinds = kinds;
            this.otherwise = otherwise;
        }
    }

    List<Gate> of(Part list, Place place) {
        List<Gate> gates = new ArrayList<>();
        for (Part item : list.items()) {
            for (String kind : List.of("approve", "check", "soak")) {
                if (item.has(kind) && !place.kinds.contains(kind)) {
                    problems.add(
                            item.get(kind).keyAt(), "'" + kind + "' has no sense in " + list.label(), place.otherwise);
                }
            }
            add(item, gates);
        }
        return gates;
    }

    private void add(Part item, List<Gate> gates) {
        if (item.has("require")) {
            gates.add(require(item.get("require")));
        }
        if (item.has("approve")) {
            gates.add(approve(item.get("approve")));
        }
        if (item.get("check").has("http")) {
            gates.add(check(item.get("check").get("http")));
        }
        if (item.has("soak")) {
            gates.add(soak(item.get("soak")));
        }
    }

    private Gate.Require require(Part body) {
        Part maxAge = body.get("maxAge");
        return new Gate.Require(
                names.of(body),
                body.items("evidence").stream()
                        .flatMap(name -> name.text().stream())
                        .toList(),
                maxAge.present() ? Optional.of(durations.positive(maxAge, Duration.ofDays(1))) : Optional.empty(),
                body.text("group"),
                durations.positive(body.get("within"), Duration.ofHours(72)));
    }

    Gate.Approve approve(Part body) {
        return new Gate.Approve(
                names.of(body),
                body.text("group").orElse(""),
                (int) body.number("votes", 1),
                durations.positive(body.get("within"), Duration.ofHours(72)));
    }

    private Gate.HttpCheck check(Part body) {
        String method = body.text("method").orElse("GET");
        if (body.has("body") && !method.equals("POST")) {
            problems.add(body.get("body").keyAt(), "a GET has no 'body'", "add method: POST");
        }
        return new Gate.HttpCheck(
                names.of(body),
                method,
                body.text("path").orElse("/"),
                body.text("body"),
                (int) body.number("expect", 200),
                body.text("contains"),
                durations.positive(body.get("within"), Duration.ofSeconds(30)));
    }

    private Gate.Soak soak(Part body) {
        Duration healthyFor = durations.positive(body.get("healthyFor"), Duration.ofMinutes(1));
        Duration atMost = durations.positive(body.get("atMost"), healthyFor.multipliedBy(2));
        if (atMost.compareTo(healthyFor) < 0) {
            shorter(body, atMost, "'healthyFor' (" + Durations.show(healthyFor) + ")");
        }
        List<Slo> watched = slos.named(body.get("slos"), environment);
        long minRequests = body.number("minRequests", MIN_REQUESTS);
        if (minRequests > 0) {
            countable(body, watched, ", or minRequests: 0");
        }
        Rule rule = new Rules(problems).of(body);
        if (rule instanceof Rule.BurnRate) {
            burnable(body, watched);
        }
        return new Gate.Soak(names.of(body), healthyFor, atMost, watched, rule, minRequests, loads.of(body));
    }

    /** Where a tenth of the requests may be bad, not even all of them burn the budget 14.4 times as fast. */
    private void burnable(Part body, List<Slo> watched) {
        for (Slo slo : watched) {
            Optional<Objective> loose =
                    objective(slo).filter(objective -> objective.allowedBad() * BurnRate.FASTEST >= 1);
            loose.ifPresent(objective -> problems.add(
                    body.get("rule").at(),
                    "the budget of " + Wording.quote(slo.name()) + " (" + objective + ") cannot burn "
                            + BurnRate.FASTEST + " times too fast",
                    "leave out 'rule', or use an objective of more than 93.1%"));
        }
    }

    private static Optional<Objective> objective(Slo slo) {
        if (slo instanceof Slo.Ratio ratio) {
            return Optional.of(ratio.objective());
        }
        return slo instanceof Slo.Latency latency ? Optional.of(latency.objective()) : Optional.empty();
    }

    void shorter(Part body, Duration atMost, String than) {
        problems.add(body.get("atMost").at(), "'atMost' (" + Durations.show(atMost) + ") is shorter than " + than);
    }

    /** Requests are counted by the SLOs: gauges alone cannot tell that there is traffic. */
    void countable(Part body, List<Slo> watched, String otherwise) {
        boolean allKnown = watched.size() == body.items("slos").size();
        if (allKnown && !watched.isEmpty() && watched.stream().allMatch(Slo.Gauge.class::isInstance)) {
            problems.add(
                    body.get("slos").at(),
                    "gauges alone cannot count requests",
                    "add an SLO of { bad, total } or { histogram }" + otherwise);
        }
    }
}
