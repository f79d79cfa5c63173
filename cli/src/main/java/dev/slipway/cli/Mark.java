package dev.slipway.cli;

import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.UndoView;
import java.util.Locale;

/**
 * How a state looks: a glyph and a word, always both.
 *
 * @param glyph one column
 */
record Mark(String glyph, String word, Ink ink) {

    static Mark of(ReleaseView release) {
        return ofPhase(release.outcome() == null ? release.phase().name() : release.outcome());
    }

    static Mark of(StageView stage) {
        return ofPhase(stage.outcome() == null ? stage.state() : stage.outcome());
    }

    /** A phase or an outcome, in the letters of the JSON. */
    static Mark ofPhase(String word) {
        String spaced = word.replace('_', ' ');
        return switch (word) {
            case "PENDING", "QUEUED" -> new Mark("○", spaced, Ink.FAINT);
            case "RUNNING" -> new Mark("◌", spaced, Ink.MOVE);
            case "WAITING" -> new Mark("◇", spaced, Ink.WAIT);
            case "HOLDING" -> new Mark("◐", spaced, Ink.WAIT);
            case "PAUSED" -> new Mark("‖", spaced, Ink.WAIT);
            case "UNDOING" -> new Mark("↺", spaced, Ink.WAIT);
            case "PROMOTED" -> new Mark("✔", spaced, Ink.GOOD);
            case "ROLLED_BACK" -> new Mark("↩", spaced, Ink.BAD);
            case "STUCK" -> new Mark("‼", spaced, Ink.BAD);
            case "LEFT_AS_IS" -> new Mark("▲", spaced, Ink.WAIT);
            default -> new Mark("✖", spaced, Ink.BAD);
        };
    }

    /** A step: its verdict when it has ended with one, its state otherwise. */
    static Mark of(StepView step) {
        String word = word(step);
        return switch (step.state()) {
            case "PENDING" -> new Mark("○", word, Ink.FAINT);
            case "RUNNING" -> new Mark("◌", word, Ink.MOVE);
            case "WAITING" -> new Mark("◇", word, Ink.WAIT);
            case "HOLDING" -> new Mark("◐", word, Ink.WAIT);
            case "STOPPED" -> new Mark("■", word, Ink.WAIT);
            case "DONE" -> new Mark("✔", word, Ink.GOOD);
            default -> new Mark("✖", word, Ink.BAD);
        };
    }

    static Mark of(UndoView entry) {
        String word = entry.state().toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (entry.state()) {
            case "OPEN" -> new Mark("○", word, Ink.WAIT);
            case "RESTORED", "ALREADY_THERE" -> new Mark("✔", word, Ink.GOOD);
            case "NOT_OURS" -> new Mark("▲", word, Ink.WAIT);
            default -> new Mark("✖", word, Ink.BAD);
        };
    }

    private static String word(StepView step) {
        String state = step.state().toLowerCase(Locale.ROOT);
        if (step.verdict() == null) {
            return state;
        }
        String verdict = step.verdict().toLowerCase(Locale.ROOT);
        boolean same = state.equals(verdict) || state.equals("done") && verdict.equals("passed");
        return same ? verdict : state + ", " + verdict;
    }
}
