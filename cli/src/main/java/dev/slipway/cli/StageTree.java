package dev.slipway.cli;

import dev.slipway.model.Difference;
import dev.slipway.model.Evidence;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.UndoView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The steps of one stage with what their verdicts rest on, and below them the undo ledger. */
final class StageTree {
    private final StageView stage;
    private final Instant now;
    private final Sheet sheet;
    private final boolean brief;
    private final int names;
    private final int words;

    /**
     * @param brief leaves out the evidence of what passed
     */
    StageTree(StageView stage, Instant now, Sheet sheet, boolean brief) {
        this.stage = stage;
        this.now = now;
        this.sheet = sheet;
        this.brief = brief;
        this.names = widest(stage.steps().stream().map(StepView::name).toList());
        this.words = widest(stage.steps().stream().map(s -> mark(s).word()).toList());
    }

    void draw() {
        boolean undo = !stage.undo().isEmpty();
        for (int i = 0; i < stage.steps().size(); i++) {
            step(stage.steps().get(i), i == stage.steps().size() - 1 && !undo);
        }
        if (undo) {
            undo();
        }
    }

    private void step(StepView step, boolean last) {
        Mark mark = mark(step);
        String below = last ? "     " : "  │  ";
        String took = Spans.between(step.startedAt(), step.endedAt(), now);
        List<Sheet.Part> parts = List.of(
                Sheet.Part.of(last ? "  └─ " : "  ├─ "),
                new Sheet.Part(mark.glyph() + " ", mark.ink()),
                Sheet.Part.of(Sheet.pad(step.name(), names + 2)),
                new Sheet.Part(Sheet.pad(mark.word(), words + 2), mark.ink()),
                new Sheet.Part(Sheet.pad(took, 8), Ink.FAINT));
        sheet.text(parts, step.reason(), step.state().equals("FAILED") ? Ink.BAD : Ink.PLAIN, below);
        if (brief && "PASSED".equals(step.verdict())) {
            return;
        }
        int width = widest(step.evidence().stream().map(Evidence::name).toList());
        for (Evidence evidence : step.evidence()) {
            if (isDetail(step, evidence)) {
                continue;
            }
            sheet.text(
                    List.of(
                            Sheet.Part.of(below + "    "),
                            new Sheet.Part(Sheet.pad(SafeText.line(evidence.name()), width + 2), Ink.FAINT)),
                    words(evidence),
                    Ink.PLAIN,
                    below);
        }
    }

    /** Where there is more to read, it is the command that matters. */
    private static String words(Evidence evidence) {
        boolean more =
                evidence.name().equals(Difference.DIFF) && !evidence.link().isEmpty();
        return more ? evidence.link() + "  (" + evidence.detail() + ")" : evidence.detail();
    }

    /** Of what changes: the lines are for {@code slipway diff}, and the rest is of use to those who have to decide. */
    private static boolean isDetail(StepView step, Evidence evidence) {
        boolean listed =
                evidence.name().equals(Difference.VALUE) || evidence.name().equals(Difference.OBJECT);
        return evidence.name().equals(Difference.EXCERPT) || listed && step.verdict() != null;
    }

    /** The step at which a stage waits or holds looks like the stage. */
    private Mark mark(StepView step) {
        boolean still = stage.state().equals("WAITING") || stage.state().equals("HOLDING");
        Mark mark = Mark.of(step);
        if (!still || !step.state().equals("RUNNING")) {
            return mark;
        }
        Mark ofStage = Mark.of(stage);
        return new Mark(ofStage.glyph(), ofStage.word().toLowerCase(Locale.ROOT), ofStage.ink());
    }

    private void undo() {
        if (stage.undo().stream().allMatch(u -> u.state().equals("OPEN"))) {
            String resources =
                    stage.undo().stream().map(u -> u.resource().name()).collect(Collectors.joining(", "));
            sheet.text(
                    List.of(Sheet.Part.of("  └─ "), new Sheet.Part("↺ undo ledger  ", Ink.FAINT)),
                    "would put back " + resources,
                    Ink.FAINT,
                    "     ");
            return;
        }
        sheet.line(Sheet.Part.of("  └─ "), Sheet.Part.of("↺ undo"));
        int resources =
                widest(stage.undo().stream().map(u -> u.resource().name()).toList());
        int states = widest(stage.undo().stream().map(u -> Mark.of(u).word()).toList());
        for (int i = 0; i < stage.undo().size(); i++) {
            UndoView entry = stage.undo().get(i);
            boolean last = i == stage.undo().size() - 1;
            Mark mark = Mark.of(entry);
            sheet.text(
                    List.of(
                            Sheet.Part.of(last ? "     └─ " : "     ├─ "),
                            new Sheet.Part(mark.glyph() + " ", mark.ink()),
                            Sheet.Part.of(Sheet.pad(entry.resource().name(), resources + 2)),
                            new Sheet.Part(Sheet.pad(mark.word(), states + 2), mark.ink()),
                            new Sheet.Part(
                                    Sheet.pad(Spans.between(entry.startedAt(), entry.endedAt(), now), 8), Ink.FAINT)),
                    entry.detail(),
                    entry.state().equals("FAILED") ? Ink.BAD : Ink.PLAIN,
                    last ? "        " : "     │  ");
        }
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(Sheet::columns).max().orElse(0);
    }
}
