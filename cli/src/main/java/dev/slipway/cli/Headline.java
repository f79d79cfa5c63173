package dev.slipway.cli;

import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The first link of a chain: how a release ended or where it stands, and what made it so. */
final class Headline {
    private final ReleaseView view;
    private final Optional<StageView> stage;
    private final Optional<StepView> step;

    /**
     * @param stage the one that decided, or that decides now
     * @param step the same among its steps
     */
    Headline(ReleaseView view, Optional<StageView> stage, Optional<StepView> step) {
        this.view = view;
        this.stage = stage;
        this.step = step;
    }

    Link link() {
        String outcome = view.outcome();
        String what = view.release() + (outcome == null ? stands() : ended(outcome));
        return new Link(view.endedAt(), what, why(), List.of(), Mark.of(view), false);
    }

    private String ended(String outcome) {
        return switch (outcome) {
            case "PROMOTED" -> " was promoted: it runs in " + environments();
            case "ROLLED_BACK" -> " was rolled back" + in();
            case "REJECTED" -> " was rejected" + in();
            case "EXPIRED" -> " expired" + in() + ": " + late() + " in time";
            case "ABORTED" -> " was aborted" + in();
            case "SUPERSEDED" -> " gave way to another release" + in();
            case "INTERFERED" -> " was stopped" + in() + ": somebody else changed what it had touched";
            case "REFUSED" -> " was refused" + in() + ", nothing was touched";
            case "LEFT_AS_IS" -> " was left as it is" + in() + ": a person accepted what could not be put back";
            default -> " ended as " + outcome + in();
        };
    }

    private String late() {
        boolean evidence = step.filter(s -> s.kind().equals("require")).isPresent();
        return evidence ? "not all evidence was handed in" : "nobody decided";
    }

    private String stands() {
        return switch (view.phase()) {
            case QUEUED -> " has not begun" + in() + waits();
            case RUNNING -> " runs" + in() + waits();
            case WAITING ->
                NextCommands.gate(view).isPresent() ? " needs a decision at " + view.waitingFor() : in() + waits();
            case HOLDING -> " holds" + in() + waits();
            case PAUSED -> " is paused" + in() + waits();
            case UNDOING -> " is being put back" + in() + waits();
            case STUCK -> " is stuck" + in() + waits() + ": the undo is not complete";
            case DONE -> " has ended" + in();
        };
    }

    private String waits() {
        String what = view.waitingFor();
        if (what.equals("technical trouble")) {
            return " until " + what + " is over";
        }
        return what.isEmpty() ? "" : " and waits for " + what;
    }

    private String in() {
        return stage.map(s -> " in " + s.environment()).orElse("");
    }

    private String environments() {
        return view.stages().stream().map(s -> s.environment().value()).collect(Collectors.joining(", "));
    }

    /** Where the step tells the reason itself, only that it was this step; its own link says the rest. */
    private String why() {
        String reason = view.reason();
        if ("PROMOTED".equals(view.outcome())) {
            return reason.isEmpty() ? "every gate of every stage has passed" : reason;
        }
        String told = step.map(s -> s.name() + ": " + s.reason()).orElse("");
        boolean tells = step.isPresent() && !step.get().reason().isEmpty() && reason.startsWith(told);
        return tells ? verdict(step.get()) + reason.substring(told.length()) : reason;
    }

    private static String verdict(StepView step) {
        if ("INCONCLUSIVE".equals(step.verdict())) {
            return step.name() + " could not decide";
        }
        return Chain.gate(step) ? step.name() + " found this version bad" : step.name() + " did not succeed";
    }
}
