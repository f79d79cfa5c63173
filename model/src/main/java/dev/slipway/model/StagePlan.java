package dev.slipway.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * One environment's part of a plan.
 *
 * @param valuesFiles paths inside the bundle, later ones win
 * @param before gates before anything is touched
 * @param after gates on the new version when it has all traffic
 */
public record StagePlan(
        Environment environment, List<String> valuesFiles, List<Gate> before, Rollout rollout, List<Gate> after) {
    public StagePlan {
        valuesFiles = List.copyOf(valuesFiles);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** What a ramp or a soak of this stage is judged by, each once, in the order in which it is asked for. */
    public List<Slo> slos() {
        Stream<Slo> rolledOut = rollout.accept(new Rollout.Cases<Stream<Slo>>() {
            @Override
            public Stream<Slo> rolling(Rollout.Rolling rolling) {
                return Stream.empty();
            }

            @Override
            public Stream<Slo> canary(Rollout.Canary canary) {
                return Stream.concat(
                        slos(canary.beforeTraffic()),
                        canary.ramps().stream().flatMap(ramp -> ramp.analyze().slos().stream()));
            }
        });
        return Stream.of(slos(before), rolledOut, slos(after))
                .flatMap(slos -> slos)
                .distinct()
                .toList();
    }

    private static Stream<Slo> slos(List<Gate> gates) {
        return gates.stream().flatMap(gate -> gate.accept(new JudgedBy()));
    }

    /** Only a soak is judged by SLOs. */
    private static final class JudgedBy implements Gate.Cases<Stream<Slo>> {
        @Override
        public Stream<Slo> require(Gate.Require gate) {
            return Stream.empty();
        }

        @Override
        public Stream<Slo> approve(Gate.Approve gate) {
            return Stream.empty();
        }

        @Override
        public Stream<Slo> soak(Gate.Soak gate) {
            return gate.slos().stream();
        }

        @Override
        public Stream<Slo> httpCheck(Gate.HttpCheck gate) {
            return Stream.empty();
        }
    }
}
