package dev.slipway.workflows.stage;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Fact;
import dev.slipway.model.Outcome;
import dev.slipway.model.Phase;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.UndoView;
import dev.slipway.model.Verdict;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.StageNote;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What people see of a stage: its view, the table in the Temporal UI, its search attributes, and notes to the release. */
final class Board {
    private final EnvironmentName environment;
    private final Supplier<List<UndoView>> undo;
    private final Consumer<StageNote> tell;
    private final Diary diary;
    private final List<StepView> steps = new ArrayList<>();
    private Phase phase = Phase.RUNNING;
    private String reason = "";
    private String waitingFor = "";
    private @Nullable String outcome;
    private @Nullable Headway headway;
    private int want;
    private int actual;

    Board(EnvironmentName environment, Supplier<List<UndoView>> undo, Consumer<StageNote> tell) {
        this.environment = environment;
        this.undo = undo;
        this.tell = tell;
        this.diary = new Diary(environment);
    }

    /** What happened and is on record. */
    Diary diary() {
        return diary;
    }

    /** Shows the steps that are to come. */
    void plan(List<StageStep> coming) {
        coming.forEach(s -> steps.add(new StepView(s.name(), s.kind(), "PENDING", null, "", List.of(), null, null)));
        publish();
    }

    void enter(StageStep step) {
        headway = null;
        replace(
                step,
                old -> new StepView(
                        old.name(),
                        old.kind(),
                        "RUNNING",
                        null,
                        "",
                        List.of(),
                        old.startedAt() == null ? now() : old.startedAt(),
                        null));
        phase(Phase.RUNNING, "", "");
    }

    /** A step says what it is doing, in a few words. */
    void say(StageStep step, String words) {
        replace(
                step,
                old -> new StepView(
                        old.name(),
                        old.kind(),
                        old.state(),
                        old.verdict(),
                        words,
                        old.evidence(),
                        old.startedAt(),
                        null));
        publish();
    }

    /** What people look at while a step waits for them; it stays with the step unless its verdict brings evidence of its own. */
    void show(StageStep step, List<Evidence> evidence) {
        replace(
                step,
                old -> new StepView(
                        old.name(),
                        old.kind(),
                        old.state(),
                        old.verdict(),
                        old.reason(),
                        evidence,
                        old.startedAt(),
                        null));
        publish();
    }

    /** A ramp's or a soak's watch is so far; told in the table alone, as a view asks the heartbeat. */
    void watched(Headway now) {
        headway = now;
        publish();
    }

    void judged(StageStep step, Verdict verdict, String state) {
        headway = null;
        diary.write(
                Fact.Kind.JUDGED,
                step.name() + " " + verdict.words(),
                Map.of("step", step.name(), "verdict", verdict.word()),
                verdict.evidence());
        replace(
                step,
                old -> new StepView(
                        old.name(),
                        old.kind(),
                        state,
                        verdict.word(),
                        verdict.reason(),
                        verdict.evidence().isEmpty() ? old.evidence() : verdict.evidence(),
                        old.startedAt(),
                        now()));
        publish();
    }

    /** Shows what is running as stopped; nothing will come after it. */
    void stopped(String why) {
        headway = null;
        diary.write(Fact.Kind.STOPPED, why, Map.of("cause", why));
        steps.replaceAll(old -> old.state().equals("RUNNING") || old.state().equals("WAITING")
                ? new StepView(
                        old.name(), old.kind(), "STOPPED", old.verdict(), why, old.evidence(), old.startedAt(), now())
                : old);
    }

    void phase(Phase next, String waitingFor, String reason) {
        boolean moved = next != phase || !waitingFor.equals(this.waitingFor);
        this.reason = reason;
        this.waitingFor = waitingFor;
        this.phase = next;
        if (moved) {
            move();
        }
        publish();
    }

    /** Technical trouble is shown beside whatever the stage is doing; empty when it is over. */
    void trouble(String sentence) {
        boolean undoing = phase == Phase.UNDOING;
        if (sentence.isEmpty()) {
            phase(undoing ? phase : Phase.RUNNING, "", "");
        } else {
            phase(undoing ? phase : Phase.HOLDING, "technical trouble", sentence);
        }
    }

    void weights(Weight wanted, int read) {
        want = wanted.percent();
        actual = read;
        publish();
    }

    Phase phase() {
        return phase;
    }

    void begin() {
        move();
        publish();
    }

    void end(Outcome ended) {
        writeEnd(ended);
        showEnd(ended);
    }

    /** For the record alone; whoever waits for the end sees it with {@link #showEnd}. */
    void writeEnd(Outcome ended) {
        diary.write(Fact.Kind.ENDED, ended.words(), Map.of("outcome", ended.word()));
    }

    void showEnd(Outcome ended) {
        outcome = ended.word();
        reason = ended.reason();
        waitingFor = "";
        phase = Phase.DONE;
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.PHASE.valueSet(phase.name()),
                SearchAttributes.WAITING_FOR.valueUnset(),
                SearchAttributes.OUTCOME.valueSet(ended.word()));
        publish();
    }

    StageView view() {
        return new StageView(
                environment,
                phase.name(),
                outcome,
                reason,
                waitingFor,
                want,
                actual,
                steps,
                undo.get(),
                Workflow.getInfo().getRunId());
    }

    private void move() {
        Workflow.upsertTypedSearchAttributes(SearchAttributes.moved(phase, waitingFor));
        diary.write(
                Fact.Kind.MOVED,
                phase
                        + (waitingFor.isEmpty() ? "" : ", waits for " + waitingFor)
                        + (reason.isEmpty() ? "" : ": " + reason),
                Map.of("phase", phase.name(), "waitingFor", waitingFor));
        tell();
    }

    /** Tells the release what has happened without waiting for the next phase. */
    void tell() {
        boolean asking = phase == Phase.WAITING;
        tell.accept(new StageNote(
                environment,
                phase,
                waitingFor,
                reason,
                Workflow.getInfo().getRunId(),
                diary.take(),
                asking ? steps : List.of()));
    }

    private void publish() {
        Workflow.setCurrentDetails(BoardTable.markdown(view(), headway == null ? "" : headway.words()));
    }

    private void replace(StageStep step, UnaryOperator<StepView> change) {
        steps.replaceAll(old -> old.name().equals(step.name()) ? change.apply(old) : old);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
