package dev.slipway.pipeline;

import dev.slipway.model.Against;
import dev.slipway.model.Analysis;
import dev.slipway.model.Gate;
import dev.slipway.model.Ramp;
import dev.slipway.model.Rollout;
import dev.slipway.model.Slo;
import dev.slipway.model.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The canary of one stage. */
final class Canaries {
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})%");

    private final Problems problems;
    private final Durations durations;
    private final Slos slos;
    private final Gates gates;
    private final String environment;

    Canaries(Part stage, Gates gates, Slos slos, Problems problems) {
        this.problems = problems;
        this.durations = new Durations(problems);
        this.slos = slos;
        this.gates = gates;
        this.environment = stage.text("environment").orElse("");
    }

    /** @param drain how long a canary keeps serving what it has */
    Rollout read(Part canary, Duration drain) {
        List<Gate> beforeTraffic = gates.of(canary.get("beforeTraffic"), Gates.Place.BEFORE_TRAFFIC);
        Optional<Analysis> common = analysis(canary.get("analyze"));
        judged(canary);
        List<Ramp> ramps = new ArrayList<>();
        for (Part item : canary.items("ramps")) {
            ramp(item, common).filter(ramp -> rises(item, ramps, ramp)).ifPresent(ramps::add);
        }
        return ramps.isEmpty() ? new Rollout.Rolling() : new Rollout.Canary(beforeTraffic, ramps, drain);
    }

    private void judged(Part canary) {
        Optional<Part> alone = canary.items("ramps").stream()
                .filter(ramp -> !ramp.has("analyze"))
                .findFirst();
        if (alone.isPresent() && !canary.has("analyze")) {
            problems.add(
                    canary.keyAt(),
                    "'analyze' is missing in 'canary': " + alone.get().label() + " has none of its own",
                    "say which SLOs judge a ramp: analyze: { slos: [...] }");
        }
    }

    private Optional<Ramp> ramp(Part item, Optional<Analysis> common) {
        Part to = item.has("to") ? item.get("to") : item;
        Optional<Weight> weight = weight(to);
        Optional<Gate.Approve> approve =
                item.has("approve") ? Optional.of(gates.approve(item.get("approve"))) : Optional.empty();
        Optional<Analysis> analysis = item.has("analyze") ? analysis(item.get("analyze")) : common;
        return weight.flatMap(w -> analysis.map(a -> new Ramp(w, a, approve)));
    }

    private Optional<Weight> weight(Part to) {
        Matcher matcher = PERCENT.matcher(to.text().orElse(""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int percent = Integer.parseInt(matcher.group(1));
        if (percent < 1 || percent > 100) {
            problems.add(to.at(), "a ramp must be 1% to 100%, not " + percent + "%");
            return Optional.empty();
        }
        return Optional.of(new Weight(percent));
    }

    private boolean rises(Part item, List<Ramp> before, Ramp next) {
        if (before.isEmpty()
                || next.to().compareTo(before.get(before.size() - 1).to()) > 0) {
            return true;
        }
        Weight last = before.get(before.size() - 1).to();
        Part to = item.has("to") ? item.get("to") : item;
        problems.add(to.at(), "ramps must rise: " + next.to() + " follows " + last);
        return false;
    }

    private Optional<Analysis> analysis(Part body) {
        if (!body.present()) {
            return Optional.empty();
        }
        Duration warmUp = durations.zeroOrMore(body.get("warmUp"), Duration.ZERO);
        Duration atLeast = durations.positive(body.get("atLeast"), Duration.ofMinutes(5));
        Duration atMost = durations.positive(body.get("atMost"), warmUp.plus(atLeast.multipliedBy(3)));
        if (atMost.compareTo(warmUp.plus(atLeast)) < 0) {
            String sum = warmUp.isZero() ? "'atLeast' (" : "'warmUp' and 'atLeast' (";
            gates.shorter(body, atMost, sum + Durations.show(warmUp.plus(atLeast)) + ")");
        }
        List<Slo> watched = slos.named(body.get("slos"), environment);
        gates.countable(body, watched, "");
        Against against =
                body.text("against").filter("objective"::equals).isPresent() ? Against.OBJECTIVE : Against.STABLE;
        long minRequests = body.number("minRequests", Gates.MIN_REQUESTS);
        return Optional.of(
                new Analysis(watched, against, new Rules(problems).of(body), warmUp, atLeast, atMost, minRequests));
    }
}
