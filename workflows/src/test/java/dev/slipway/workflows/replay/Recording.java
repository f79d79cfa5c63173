package dev.slipway.workflows.replay;

import dev.slipway.model.Actor;
import dev.slipway.model.Gate;
import dev.slipway.model.Report;
import dev.slipway.model.StagePlan;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The ways through a release whose histories every later build must be able to go on with. */
enum Recording {
    GOOD_CANARY {
        @Override
        List<String> play(Scenario slipway) {
            slipway.cluster.running("development", "podinfo", "1.0.0").running("production", "podinfo", "1.0.0");
            ReleaseOrder order = slipway.start(
                    "2.0.0",
                    Plans.rolling("development", Plans.soak(Duration.ofMinutes(10))),
                    Plans.canary("production", List.of(Plans.approve(1)), 5, 25, 50));
            slipway.awaitPhase(order, "production", "WAITING");
            slipway.stage(order, "production")
                    .decide(slipway.vote(order, "production/approve", "approver-1", Decision.Choice.APPROVE));
            return ended(slipway, order);
        }
    },
    EVIDENCE_AWAITED {
        @Override
        List<String> play(Scenario slipway) {
            ReleaseOrder order = slipway.order(
                    "2.0.0", Plans.behind(Plans.rolling("production"), Plans.require("unit-tests", "code-review")));
            slipway.start(order.as(
                    1,
                    List.of(slipway.handedIn(
                            order, Plans.CI, Plans.report(order, "unit-tests", Report.Status.PASSED)))));
            slipway.awaitPhase(order, "production", "WAITING");
            slipway.release(order)
                    .attest(slipway.handedIn(
                            order, Plans.CI, Plans.report(order, "code-review", Report.Status.PASSED)));
            return ended(slipway, order);
        }
    },
    EVIDENCE_EXPIRED {
        @Override
        List<String> play(Scenario slipway) {
            return ended(
                    slipway,
                    slipway.start("2.0.0", Plans.behind(Plans.rolling("production"), Plans.require("unit-tests"))));
        }
    },
    UNDONE_IN_A_RAMP {
        @Override
        List<String> play(Scenario slipway) {
            slipway.watch.then(Verdict.passed()).then(order -> {
                WatchOrder.Trip trip = order.trip().orElseThrow();
                slipway.cluster.trip(trip.route(), trip.epoch());
                return new WatchResult.Decided(Verdict.failed("errors: 9 % of 100"), true);
            });
            return ended(slipway, canary(slipway, 5, 25));
        }
    },
    UNDONE_AFTER_THE_PROMOTION {
        @Override
        List<String> play(Scenario slipway) {
            slipway.watch.then(Verdict.passed()).then(Verdict.failed("errors in the soak"));
            return ended(slipway, canary(slipway, 50));
        }
    },
    UNDONE_BY_THE_SAFETY_WATCH {
        @Override
        List<String> play(Scenario slipway) {
            slipway.watch
                    .then(Verdict.inconclusive("12 of 50 requests"))
                    .safety(order -> new WatchResult.Decided(Verdict.failed("errors while it held"), true));
            return ended(slipway, canary(slipway, 5));
        }
    },
    STUCK_THEN_TRIED_AGAIN {
        @Override
        List<String> play(Scenario slipway) {
            ReleaseOrder order = stuck(slipway, 1);
            slipway.stage(order, "development").retryUndo(new Said(PERSON, "image pushed again"));
            return ended(slipway, order);
        }
    },
    STUCK_THEN_ACCEPTED {
        @Override
        List<String> play(Scenario slipway) {
            ReleaseOrder order = stuck(slipway, 9);
            slipway.stage(order, "development").acceptAsIs(new Said(PERSON, "we go forward"));
            return ended(slipway, order);
        }
    },
    INTERFERED {
        @Override
        List<String> play(Scenario slipway) {
            slipway.cluster.running("development", "podinfo", "1.0.0");
            slipway.watch.then(order -> {
                slipway.cluster.foreignUpgrade("development", "podinfo", "9.9.9");
                return new WatchResult.Decided(Verdict.failed("errors"), false);
            });
            return ended(slipway, slipway.start("2.0.0", Plans.rolling("development", hour())));
        }
    },
    BLIND_THEN_RESUMED {
        @Override
        List<String> play(Scenario slipway) {
            slipway.watch
                    .then(Verdict.passed())
                    .then(order -> new WatchResult.Blind("no answer from Prometheus for 10m", state()));
            ReleaseOrder order = canary(slipway, 5, 50);
            slipway.awaitPhase(order, "production", "HOLDING");
            slipway.stage(order, "production").resume(new Said(PERSON, "Prometheus is back"));
            return ended(slipway, order);
        }
    },
    SOAK_HANDED_OVER {
        @Override
        List<String> play(Scenario slipway) {
            slipway.watch
                    .then(order -> new WatchResult.HandedOver(state()))
                    .then(order -> new WatchResult.HandedOver(state()))
                    .then(Verdict.passed());
            return ended(
                    slipway, slipway.start("2.0.0", Plans.rolling("development", Plans.fastSoak(Duration.ofHours(1)))));
        }
    },
    SOAK_UNDER_LOAD {
        @Override
        List<String> play(Scenario slipway) {
            slipway.load.tells(Optional.of("the load Job load-test fails: BackoffLimitExceeded"));
            slipway.watch.then(order -> loaded(slipway, Verdict.inconclusive("40 of 10000 requests")));
            slipway.watch.then(order -> loaded(slipway, Verdict.passed()));
            ReleaseOrder order = slipway.start("2.0.0", underLoad());
            slipway.awaitPhase(order, "development", "HOLDING");
            slipway.stage(order, "development").resume(new Said(PERSON, "the load works again"));
            return ended(slipway, order);
        }
    },
    UNDONE_UNDER_LOAD {
        @Override
        List<String> play(Scenario slipway) {
            slipway.cluster.running("development", "podinfo", "1.0.0");
            slipway.watch.then(order -> loaded(slipway, Verdict.failed("errors in the soak")));
            return ended(slipway, slipway.start("2.0.0", underLoad()));
        }
    },
    ABORTED_UNDER_LOAD {
        @Override
        List<String> play(Scenario slipway) {
            slipway.watch.thenNeverEnds();
            ReleaseOrder order = slipway.start("2.0.0", underLoad());
            slipway.watch.awaitWatching();
            slipway.load.awaitJobs();
            slipway.release(order).abort(new Said(PERSON, "wrong version"));
            return ended(slipway, order);
        }
    },
    QUEUED {
        @Override
        List<String> play(Scenario slipway) {
            slipway.watch.thenNeverEnds();
            ReleaseOrder first = slipway.start("2.0.0", Plans.rolling("development", hour()));
            slipway.watch.awaitWatching();
            ReleaseOrder second = slipway.start("3.0.0", Plans.rolling("development"));
            slipway.awaitRelease(second, "QUEUED");
            slipway.release(first).abort(new Said(PERSON, "the next one is better"));
            slipway.end(first);
            slipway.end(second);
            return List.of(first.release().toString(), second.release().toString());
        }
    },
    SUPERSEDED {
        @Override
        List<String> play(Scenario slipway) {
            slipway.cluster.running("development", "podinfo", "1.0.0");
            slipway.watch.thenNeverEnds();
            ReleaseOrder first = slipway.start("2.0.0", Plans.rolling("development", hour()));
            slipway.watch.awaitWatching();
            ReleaseOrder second = slipway.startSuperseding("3.0.0", Plans.rolling("development"));
            slipway.end(first);
            slipway.end(second);
            return List.of(first.release().toString(), second.release().toString());
        }
    },
    ABORTED_IN_A_RAMP {
        @Override
        List<String> play(Scenario slipway) {
            slipway.watch.thenNeverEnds();
            ReleaseOrder order = canary(slipway, 5);
            slipway.watch.awaitWatching();
            slipway.release(order).abort(new Said(PERSON, "wrong version"));
            return ended(slipway, order);
        }
    },
    CANCELLED_IN_A_RAMP {
        @Override
        List<String> play(Scenario slipway) {
            slipway.watch.thenNeverEnds();
            ReleaseOrder order = canary(slipway, 5);
            slipway.watch.awaitWatching();
            slipway.cancel(order);
            return ended(slipway, order);
        }
    },
    PAUSED {
        @Override
        List<String> play(Scenario slipway) {
            slipway.cluster.running("production", "podinfo", "1.0.0");
            ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 50));
            slipway.awaitPhase(order, "production", "WAITING");
            slipway.stage(order, "production").pause(new Said(PERSON, "lunch"));
            slipway.stage(order, "production")
                    .decide(slipway.vote(order, "production/approve", "approver-1", Decision.Choice.APPROVE));
            slipway.awaitPhase(order, "production", "PAUSED");
            slipway.stage(order, "production").resume(new Said(PERSON, ""));
            return ended(slipway, order);
        }
    },
    REJECTED {
        @Override
        List<String> play(Scenario slipway) {
            ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 50));
            slipway.awaitPhase(order, "production", "WAITING");
            slipway.stage(order, "production")
                    .decide(slipway.vote(order, "production/approve", "approver-1", Decision.Choice.REJECT));
            return ended(slipway, order);
        }
    },
    EXPIRED {
        @Override
        List<String> play(Scenario slipway) {
            return ended(slipway, slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 50)));
        }
    },
    RECOVERED_AFTER_A_RAMP {
        @Override
        List<String> play(Scenario slipway) {
            return recovered(slipway, false);
        }
    },
    RECOVERY_AS_A_DRY_RUN {
        @Override
        List<String> play(Scenario slipway) {
            return recovered(slipway, true);
        }
    },
    REFUSED {
        @Override
        List<String> play(Scenario slipway) {
            slipway.cluster.rendering(Verdict.failed("the chart renders the HTTPRoute podinfo"));
            return ended(slipway, slipway.start("2.0.0", Plans.rolling("development")));
        }
    },
    REFUSED_FOR_A_BOUND {
        @Override
        List<String> play(Scenario slipway) {
            slipway.cluster.running("development", "podinfo", "1.0.0");
            slipway.watch.bounds(Verdict.failed("latency: below 3s is no bucket"));
            return ended(
                    slipway, slipway.start("2.0.0", Plans.rolling("development", Plans.fastSoak(Duration.ofHours(1)))));
        }
    },
    FIRST_EVER {
        @Override
        List<String> play(Scenario slipway) {
            return ended(slipway, slipway.start("1.0.0", Plans.canary("production", List.of(), 5, 50)));
        }
    };

    private static final Actor PERSON = new Actor("approver-1", Set.of("deployers"));

    /** Plays it to its end; the ids of the releases that took part. */
    abstract List<String> play(Scenario slipway);

    /** As a part of a file's name. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> ended(Scenario slipway, ReleaseOrder order) {
        slipway.awaitEnd(order);
        return List.of(order.release().toString());
    }

    private static StagePlan underLoad() {
        return Plans.rolling("development", Plans.loaded(Plans.soak(Duration.ofHours(1)), "load-test"));
    }

    private static WatchResult loaded(Scenario slipway, Verdict verdict) {
        slipway.load.awaitJobs();
        return new WatchResult.Decided(verdict, false);
    }

    private static ReleaseOrder canary(Scenario slipway, int... percents) {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        return slipway.start("2.0.0", Plans.canary("production", List.of(), percents));
    }

    /** What a stage has left that was terminated in a ramp. */
    private static List<String> recovered(Scenario slipway, boolean dryRun) {
        slipway.watch.then(Verdict.inconclusive("too few requests"));
        ReleaseOrder order = canary(slipway, 25, 50);
        slipway.awaitPhase(order, "production", "HOLDING");
        slipway.terminateBoth(order, "production");
        slipway.recover("production", dryRun);
        slipway.recovered("production");
        return List.of("podinfo:production");
    }

    private static ReleaseOrder stuck(Scenario slipway, int failingRestores) {
        slipway.cluster
                .running("development", "podinfo", "1.0.0")
                .neverReady("2.0.0")
                .failingRestores(failingRestores);
        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development"));
        slipway.awaitPhase(order, "development", "STUCK");
        return order;
    }

    private static Gate hour() {
        return Plans.soak(Duration.ofHours(1));
    }

    private static WatchState state() {
        return WatchState.begin(Instant.EPOCH).blindSince(Instant.EPOCH);
    }
}
