package dev.slipway.pipeline;

import dev.slipway.model.Gate;
import dev.slipway.model.Ramp;
import dev.slipway.model.Rollout;
import java.time.Duration;
import java.util.List;

/** Whether a stage in a protected environment does what the platform team demands. */
final class PolicyCheck {
    private final Policy policy;
    private final Problems problems;

    PolicyCheck(Policy policy, Problems problems) {
        this.policy = policy;
        this.problems = problems;
    }

    void check(Pipeline.Stage stage) {
        int votes = votes(stage.before());
        if (votes < policy.leastVotes()) {
            problems.add(
                    stage.at(),
                    "policy: '" + stage.environment() + "' is protected and needs " + people(policy.leastVotes())
                            + " to approve before the rollout, not " + votes,
                    "add to 'before': approve: { group: ..., votes: " + policy.leastVotes() + " }");
        }
        Duration watched = soaked(stage.after()).plus(stage.rollout().accept(new Analyzed()));
        if (watched.compareTo(policy.leastWatched()) < 0) {
            problems.add(
                    stage.at(),
                    "policy: '" + stage.environment() + "' is protected and needs the version watched for "
                            + Durations.show(policy.leastWatched()) + ", not " + Durations.show(watched),
                    "raise 'atLeast' of the ramps or 'healthyFor' of the soak");
        }
    }

    private static String people(int votes) {
        return votes == 1 ? "1 person" : votes + " people";
    }

    /** Votes of one gate: the same person may answer two gates. */
    private static int votes(List<Gate> gates) {
        return gates.stream().mapToInt(gate -> gate.accept(new Votes())).max().orElse(0);
    }

    private static Duration soaked(List<Gate> gates) {
        return gates.stream().map(gate -> gate.accept(new Soaked())).reduce(Duration.ZERO, Duration::plus);
    }

    private static final class Votes implements Gate.Cases<Integer> {
        @Override
        public Integer require(Gate.Require gate) {
            return 0;
        }

        @Override
        public Integer approve(Gate.Approve gate) {
            return gate.votes();
        }

        @Override
        public Integer soak(Gate.Soak gate) {
            return 0;
        }

        @Override
        public Integer httpCheck(Gate.HttpCheck gate) {
            return 0;
        }
    }

    private static final class Soaked implements Gate.Cases<Duration> {
        @Override
        public Duration require(Gate.Require gate) {
            return Duration.ZERO;
        }

        @Override
        public Duration approve(Gate.Approve gate) {
            return Duration.ZERO;
        }

        @Override
        public Duration soak(Gate.Soak gate) {
            return gate.healthyFor();
        }

        @Override
        public Duration httpCheck(Gate.HttpCheck gate) {
            return Duration.ZERO;
        }
    }

    private static final class Analyzed implements Rollout.Cases<Duration> {
        @Override
        public Duration rolling(Rollout.Rolling rollout) {
            return Duration.ZERO;
        }

        @Override
        public Duration canary(Rollout.Canary rollout) {
            return rollout.ramps().stream()
                    .map(Ramp::analyze)
                    .map(analysis -> analysis.atLeast())
                    .reduce(Duration.ZERO, Duration::plus);
        }
    }
}
