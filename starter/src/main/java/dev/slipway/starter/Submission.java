package dev.slipway.starter;

import dev.slipway.model.Authors;
import dev.slipway.model.Digests;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Gate;
import dev.slipway.model.Ramp;
import dev.slipway.model.Rollout;
import dev.slipway.model.StagePlan;
import dev.slipway.workflows.api.ReleaseOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What was asked for when a release started: its memo in Temporal, which can be read while no worker runs.
 *
 * @param approvers the group of each approval, by gate ({@code ENVIRONMENT/NAME})
 */
record Submission(
        int attempt,
        String requestedBy,
        Digests digests,
        List<EnvironmentName> environments,
        Map<String, String> approvers,
        Authors authors) {
    /** The key of the memo. */
    static final String MEMO = "slipway";

    /** One that was written before authors were named has none. */
    Submission {
        authors = authors == null ? Authors.NONE : authors;
        environments = List.copyOf(environments);
        approvers = Map.copyOf(approvers);
    }

    static Submission of(ReleaseOrder order) {
        Map<String, String> approvers = new LinkedHashMap<>();
        List<EnvironmentName> environments = new ArrayList<>();
        for (StagePlan stage : order.plan().stages()) {
            EnvironmentName environment = stage.environment().name();
            environments.add(environment);
            gates(stage)
                    .map(gate -> gate instanceof Gate.Approve approve ? approve : null)
                    .filter(Objects::nonNull)
                    .forEach(gate -> approvers.put(environment + "/" + gate.name(), gate.group()));
        }
        return new Submission(
                order.attempt(),
                order.requestedBy().subject(),
                order.digests(),
                environments,
                approvers,
                order.authors());
    }

    private static Stream<Gate> gates(StagePlan stage) {
        Stream<Gate> around = Stream.concat(stage.before().stream(), stage.after().stream());
        return Stream.concat(around, stage.rollout().accept(new Rollout.Cases<Stream<Gate>>() {
            @Override
            public Stream<Gate> rolling(Rollout.Rolling rollout) {
                return Stream.empty();
            }

            @Override
            public Stream<Gate> canary(Rollout.Canary rollout) {
                Stream<Gate> ramps = rollout.ramps().stream().map(Ramp::approve).flatMap(gate -> gate.stream());
                return Stream.concat(rollout.beforeTraffic().stream(), ramps);
            }
        }));
    }
}
