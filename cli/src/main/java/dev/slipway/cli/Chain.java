package dev.slipway.cli;

import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a release ended as it did, or stands where it stands: its end, the step that made it so and what that rests on, what
 * followed, what had passed before, and who asked for it.
 */
final class Chain {
    private static final Set<String> ACTIONS = Set.of("render", "rolling", "canary", "promote");
    /** A step that failed decides, whatever another one that was tried before it has said. */
    private static final List<String> DECIDING = List.of("FAILED", "STOPPED", "RUNNING", "WAITING", "HOLDING");

    private final ReleaseView view;
    private final Instant now;
    private final List<Link> links = new ArrayList<>();

    private Chain(ReleaseView view, Instant now) {
        this.view = view;
        this.now = now;
    }

    /** From the end back to the beginning, never empty. */
    static List<Link> of(ReleaseView view, Instant now) {
        Chain chain = new Chain(view, now);
        chain.draw();
        return List.copyOf(chain.links);
    }

    /** Whether a step judges, rather than changes something. */
    static boolean gate(StepView step) {
        return !ACTIONS.contains(step.kind());
    }

    private void draw() {
        Optional<StageView> stage =
                view.stages().stream().filter(Chain::decides).findFirst();
        Optional<StepView> step = stage.flatMap(Chain::deciding);
        Link head = new Headline(view, stage, step).link();
        links.add(head);
        step.ifPresent(s -> links.add(cause(stage.orElseThrow(), s, head)));
        stage.flatMap(s -> new Aftermath(view, s).link()).ifPresent(links::add);
        view.stages().forEach(this::passed);
        links.add(request());
    }

    private static boolean decides(StageView stage) {
        return stage.outcome() == null
                ? !stage.state().equals("PENDING")
                : !stage.outcome().equals("PROMOTED");
    }

    private static Optional<StepView> deciding(StageView stage) {
        return DECIDING.stream()
                .flatMap(state ->
                        stage.steps().stream().filter(step -> step.state().equals(state)))
                .findFirst();
    }

    private Link cause(StageView stage, StepView step, Link head) {
        boolean stopped = step.state().equals("STOPPED");
        boolean said = head.why().contains(step.reason());
        String silent = stopped && step.verdict() == null && gate(step) ? "it had not decided yet" : "";
        String why = said ? silent : reason(step);
        Instant when = step.endedAt() == null ? step.startedAt() : step.endedAt();
        return new Link(when, did(stage, step), why, step.evidence(), Mark.of(step), false);
    }

    private static String reason(StepView step) {
        return step.reason().replaceFirst("^undecided after (\\S+): ", "after $1 a pass still missed: ");
    }

    private String did(StageView stage, StepView step) {
        String name = step.name() + " in " + stage.environment();
        String span = Spans.between(step.startedAt(), step.endedAt(), now);
        return switch (step.state()) {
            case "FAILED" -> name + " failed" + after(span);
            case "HOLDING" -> name + " could not decide" + after(span);
            case "STOPPED" -> name + " was stopped" + after(span);
            case "RUNNING", "WAITING" -> name + " began" + goesOn(stage, span);
            default -> name + " passed" + after(span);
        };
    }

    private static String goesOn(StageView stage, String span) {
        String does = stage.state().equals("WAITING") ? "waited" : "run";
        return span.isEmpty() ? "" : ", and has " + does + " for " + span;
    }

    private static String after(String span) {
        return span.isEmpty() ? "" : span.equals("0s") ? " at once" : " after " + span;
    }

    private void passed(StageView stage) {
        List<StepView> gates = stage.steps().stream()
                .filter(step -> gate(step) && step.state().equals("DONE"))
                .toList();
        boolean all = "PROMOTED".equals(stage.outcome());
        if (all || !gates.isEmpty()) {
            links.add(all ? through(stage, gates.isEmpty()) : before(stage, gates));
        }
        gates.forEach(gate -> links.add(
                new Link(gate.endedAt(), did(stage, gate), gate.reason(), gate.evidence(), Mark.of(gate), true)));
    }

    private Link through(StageView stage, boolean ungated) {
        boolean went = view.outcome() == null || view.outcome().equals("PROMOTED");
        String what = stage.environment() + " took " + view.version() + (went ? "" : " before that, and keeps it");
        String why = ungated ? "no gate was asked for" : "";
        return new Link(end(stage.steps()), what, why, List.of(), Mark.of(stage), false);
    }

    private static Link before(StageView stage, List<StepView> gates) {
        String many = gates.size() == 1 ? "1 gate" : gates.size() + " gates";
        String what = many + " in " + stage.environment() + " had passed before that";
        return new Link(end(gates), what, "", List.of(), Mark.of(gates.get(0)), false);
    }

    private static @Nullable Instant end(List<StepView> steps) {
        return steps.stream()
                .map(StepView::endedAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private Link request() {
        String again = view.attempt() > 1 ? " (attempt " + view.attempt() + ")" : "";
        String what = view.requestedBy() + " asked for " + view.release() + again;
        return new Link(view.startedAt(), what, "", List.of(), new Mark("•", "", Ink.PLAIN), false);
    }
}
