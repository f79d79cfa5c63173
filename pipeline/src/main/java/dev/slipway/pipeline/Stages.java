package dev.slipway.pipeline;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Gate;
import dev.slipway.model.Rollout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stages of a file. */
final class Stages {
    private static final Set<String> ROLLOUTS = Set.of("rolling", "canary", "blueGreen");

    private final Problems problems;
    private final Part file;
    private final Slos slos;
    private final Duration drain;

    Stages(Part file, Duration drain, Problems problems) {
        this.problems = problems;
        this.file = file;
        this.slos = new Slos(file.get("slos"), problems);
        this.drain = drain;
    }

    List<Pipeline.Stage> read() {
        List<Pipeline.Stage> stages = new ArrayList<>();
        Map<String, Integer> firstLines = new HashMap<>();
        for (Part stage : file.items("stages")) {
            Part name = stage.get("environment");
            name.text().ifPresent(text -> once(text, name.at(), firstLines));
            stage(stage).ifPresent(stages::add);
        }
        return stages;
    }

    private void once(String environment, Position at, Map<String, Integer> firstLines) {
        Integer first = firstLines.putIfAbsent(environment, at.line());
        if (first != null) {
            problems.add(
                    at,
                    "a second stage in environment " + Wording.quote(environment) + ", the first is on line " + first,
                    "each environment has one stage");
        }
    }

    private Optional<Pipeline.Stage> stage(Part stage) {
        Gates gates = new Gates(stage, slos, file.text("service").orElse("service"), problems);
        List<Gate> before = gates.of(stage.get("before"), Gates.Place.BEFORE);
        Rollout rollout = rollout(stage, gates);
        List<Gate> after = gates.of(stage.get("after"), Gates.Place.AFTER);
        PathRules paths = new PathRules(problems);
        List<FilePath> values = stage.items("values").stream().map(paths::file).toList();
        return environment(stage)
                .map(name -> new Pipeline.Stage(name, stage.get("environment").at(), values, before, rollout, after));
    }

    private Rollout rollout(Part stage, Gates gates) {
        List<String> written = stage.keys().stream().filter(ROLLOUTS::contains).toList();
        boolean misspelt = stage.keys().stream()
                .anyMatch(key -> !ROLLOUTS.contains(key)
                        && Suggestion.nearest(ROLLOUTS, key).isPresent());
        if (written.isEmpty() && stage.node().isObject() && !misspelt) {
            problems.add(stage.at(), "the stage does not say how the version gets in", "add 'rolling: {}' or 'canary'");
        }
        if (written.size() > 1) {
            problems.add(stage.get(written.get(1)).keyAt(), "a stage has one of 'rolling' and 'canary', not both");
        }
        if (!stage.has("canary")) {
            return new Rollout.Rolling();
        }
        boolean misspeltTraffic = file.keys().stream()
                .anyMatch(key -> Suggestion.nearest(Set.of("traffic"), key).isPresent());
        if (!misspeltTraffic) {
            problems.add(
                    stage.get("canary").keyAt(),
                    "a canary needs a route to shift, and the file has no 'traffic'",
                    "add traffic: { kind: HTTPRoute, name: '{service}' } at the top level");
        }
        return new Canaries(stage, gates, slos, problems).read(stage.get("canary"), drain);
    }

    private static Optional<EnvironmentName> environment(Part stage) {
        try {
            return stage.text("environment").map(EnvironmentName::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
