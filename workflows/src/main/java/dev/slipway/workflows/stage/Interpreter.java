package dev.slipway.workflows.stage;

import dev.slipway.model.Alert;
import dev.slipway.model.Exposure;
import dev.slipway.model.Response;
import dev.slipway.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Takes the steps of a stage one by one and does what the response table says about each verdict. */
final class Interpreter {
    private final Site site;
    private final Entrance entrance;
    private final Actions actions;
    private final Gates gates;
    private final People people;
    private final Board board;
    private final Stop stop;
    private final Pages pages;
    private final Safety safety;

    Interpreter(
            Site site,
            Entrance entrance,
            Actions actions,
            Gates gates,
            People people,
            Board board,
            Stop stop,
            Pages pages,
            Safety safety) {
        this.site = site;
        this.entrance = entrance;
        this.actions = actions;
        this.gates = gates;
        this.people = people;
        this.board = board;
        this.stop = stop;
        this.pages = pages;
        this.safety = safety;
    }

    /** Ends when every step has passed, or when a stop was requested. */
    void advance() {
        StageStep.Prepare prepare = new StageStep.Prepare();
        board.plan(List.of(prepare));
        if (settle(prepare) != Next.ADVANCE) {
            return;
        }
        List<StageStep> steps = new ArrayList<>(StageSteps.of(site.stage(), actions.firstEver()));
        board.plan(steps);
        int i = 0;
        while (i < steps.size()) {
            Next next = settle(steps.get(i));
            if (next == Next.STOPPED) {
                return;
            }
            i = switch (next) {
                case ADVANCE -> i + 1;
                case AGAIN -> i;
                case FROM_FIRST_RAMP -> firstRamp(steps);
                case STOPPED -> steps.size();
            };
        }
    }

    /** Where to go after a step. */
    private enum Next {
        ADVANCE,
        AGAIN,
        FROM_FIRST_RAMP,
        STOPPED
    }

    private Next settle(StageStep step) {
        if (people.paused()) {
            safety.during(people::awaitUnpaused);
        }
        board.enter(step);
        Gates.Judged judged = step.accept(new Take(step));
        Verdict verdict = judged.verdict();
        if (stop.cause().isPresent()) {
            board.judged(step, verdict, "STOPPED");
            return Next.STOPPED;
        }
        Response response = Response.to(verdict, site.exposure(), judged.blindBudgetSpent());
        return switch (response) {
            case ADVANCE -> {
                board.judged(step, verdict, "DONE");
                yield Next.ADVANCE;
            }
            case UNDO -> {
                board.judged(step, verdict, "FAILED");
                stop.request(new StopCause.Failure(step.name() + ": " + verdict.reason()));
                yield Next.STOPPED;
            }
            case HOLD -> {
                board.judged(step, verdict, "HOLDING");
                yield hold(step, verdict);
            }
            case RETREAT -> {
                board.judged(step, verdict, "HOLDING");
                yield retreat(step, verdict);
            }
        };
    }

    private Next hold(StageStep step, Verdict verdict) {
        String reason = step.name() + ": " + verdict.reason();
        pages.open(Alert.SlipwayHolding, reason);
        boolean resumed = safety.during(() -> {
            if (site.exposure() == Exposure.SOME) {
                return people.awaitResume(reason, site.environment().blindBudget());
            }
            people.awaitResume(reason);
            return true;
        });
        pages.close(Alert.SlipwayHolding, "resumed");
        return resumed ? Next.AGAIN : retreat(step, verdict);
    }

    private Next retreat(StageStep step, Verdict verdict) {
        actions.retreat();
        String reason = step.name() + ": " + verdict.reason()
                + "; the canary is kept without traffic, resume starts again at the first ramp; runbook: "
                + Alert.SlipwayBlind.runbook();
        pages.open(Alert.SlipwayBlind, reason);
        people.awaitResume(reason);
        pages.close(Alert.SlipwayBlind, "resumed");
        return Next.FROM_FIRST_RAMP;
    }

    private static int firstRamp(List<StageStep> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof StageStep.RampUp) {
                return i;
            }
        }
        throw new IllegalStateException("retreated without a ramp");
    }

    /** What each kind of step does. */
    private final class Take implements StageStep.Cases<Gates.Judged> {
        private final StageStep step;

        Take(StageStep step) {
            this.step = step;
        }

        @Override
        public Gates.Judged prepare(StageStep.Prepare prepare) {
            return Gates.Judged.of(entrance.prepare());
        }

        @Override
        public Gates.Judged ask(StageStep.Ask ask) {
            return gates.ask(ask);
        }

        @Override
        public Gates.Judged rolling(StageStep.Rolling rolling) {
            return Gates.Judged.of(actions.rolling(step));
        }

        @Override
        public Gates.Judged canaryUp(StageStep.CanaryUp canary) {
            return Gates.Judged.of(actions.canaryUp(step, canary.highest()));
        }

        @Override
        public Gates.Judged rampUp(StageStep.RampUp ramp) {
            Actions.Shifted shifted = actions.raise(ramp.ramp().to());
            if (!(shifted.verdict() instanceof Verdict.Passed)) {
                return Gates.Judged.of(shifted.verdict());
            }
            board.say(step, "judged at " + ramp.ramp().to());
            return gates.analyze(ramp, shifted.epoch());
        }

        @Override
        public Gates.Judged promote(StageStep.Promote promote) {
            return safety.duringPromotion(() -> Gates.Judged.of(actions.promote(step, promote.drain())));
        }
    }
}
