package dev.slipway.pipeline;

import dev.slipway.model.Slo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The SLOs of a file, as each environment wants them. */
final class Slos {
    private final Part slos;
    private final Problems problems;

    Slos(Part slos, Problems problems) {
        this.slos = slos;
        this.problems = problems;
    }

    /** Those that a gate names, with the environment's own limits; an unknown name is a problem. */
    List<Slo> named(Part names, String environment) {
        List<Slo> found = new ArrayList<>();
        for (Part item : names.items()) {
            Optional<String> name = item.text().filter(text -> problems.noneAt(item.at()));
            if (name.isPresent() && !slos.has(name.get())) {
                String hint =
                        slos.keys().isEmpty() ? "describe it under 'slos'" : Suggestion.among(slos.keys(), name.get());
                problems.add(item.at(), "unknown SLO " + Wording.quote(name.get()), hint);
            }
            name.flatMap(known -> build(known, environment)).ifPresent(found::add);
        }
        return found;
    }

    private Optional<Slo> build(String name, String environment) {
        Part slo = slos.get(name);
        Part override = slo.get("in").get(environment);
        return switch (SloRules.Form.in(slo).stream()
                .findFirst()
                .map(Enum::name)
                .orElse("")) {
            case "RATIO" -> ratio(name, slo, override);
            case "LATENCY" -> latency(name, slo, override);
            case "GAUGE" -> gauge(name, slo, override);
            default -> Optional.empty();
        };
    }

    private static Optional<Slo> ratio(String name, Part slo, Part override) {
        return pick("objective", slo, override)
                .text()
                .flatMap(SloRules::parse)
                .map(objective -> new Slo.Ratio(
                        name, slo.text("bad").orElse(""), slo.text("total").orElse(""), objective));
    }

    private static Optional<Slo> latency(String name, Part slo, Part override) {
        Optional<Double> below = Durations.seconds(pick("below", slo, override));
        return pick("objective", slo, override)
                .text()
                .flatMap(SloRules::parse)
                .flatMap(objective -> below.map(
                        seconds -> new Slo.Latency(name, slo.text("histogram").orElse(""), seconds, objective)));
    }

    private static Optional<Slo> gauge(String name, Part slo, Part override) {
        Slo.Direction direction = slo.has("below") ? Slo.Direction.BELOW : Slo.Direction.ABOVE;
        Part limit = pick(slo.has("below") ? "below" : "above", slo, override);
        Slo.OnBreach onBreach =
                slo.text("onBreach").filter("hold"::equals).isPresent() ? Slo.OnBreach.HOLD : Slo.OnBreach.FAIL;
        return limit.node().isNumber()
                ? Optional.of(new Slo.Gauge(
                        name,
                        slo.text("gauge").orElse(""),
                        direction,
                        limit.node().asDouble(),
                        onBreach))
                : Optional.empty();
    }

    private static Part pick(String key, Part slo, Part override) {
        return override.has(key) ? override.get(key) : slo.get(key);
    }
}
