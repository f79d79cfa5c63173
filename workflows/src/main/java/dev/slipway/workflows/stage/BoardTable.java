package dev.slipway.workflows.stage;

import dev.slipway.model.Evidence;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.UndoView;

/** The stage as a Markdown table, for the current details of the Temporal UI (GitHub flavour, no HTML). */
final class BoardTable {
    private static final int CELL = 120;

    private BoardTable() {}

    /**
     * @param headway how far a watch is; empty when none runs
     */
    static String markdown(StageView view, String headway) {
        StringBuilder text = new StringBuilder();
        text.append("**").append(view.state()).append("**");
        if (view.outcome() != null) {
            text.append(" ").append(view.outcome());
        }
        if (!view.waitingFor().isEmpty()) {
            text.append(" waits for ").append(cell(view.waitingFor()));
        }
        if (!view.reason().isEmpty()) {
            text.append(": ").append(cell(view.reason()));
        }
        text.append("\n\ncanary weight: want ")
                .append(view.want())
                .append("%, actual ")
                .append(view.actual())
                .append("%\n\n");
        if (!headway.isEmpty()) {
            text.append(flat(headway)).append("\n\n");
        }
        text.append("| Step | Kind | State | Verdict | Why |\n|---|---|---|---|---|\n");
        for (StepView step : view.steps()) {
            text.append("| ").append(cell(step.name()));
            text.append(" | ").append(step.kind());
            text.append(" | ").append(step.state());
            text.append(" | ").append(step.verdict() == null ? "" : step.verdict());
            text.append(" | ").append(cell(why(step))).append(" |\n");
        }
        if (!view.undo().isEmpty()) {
            text.append("\n| Undo ledger | State | |\n|---|---|---|\n");
            for (UndoView entry : view.undo()) {
                text.append("| ").append(entry.resource()).append(" | ").append(entry.state());
                text.append(" | ").append(cell(entry.detail())).append(" |\n");
            }
        }
        return text.toString();
    }

    private static String why(StepView step) {
        if (!step.reason().isEmpty() || step.evidence().isEmpty()) {
            return step.reason();
        }
        Evidence first = step.evidence().get(0);
        return first.name() + ": " + first.detail();
    }

    private static String cell(String text) {
        String flat = flat(text);
        return flat.length() <= CELL ? flat : flat.substring(0, CELL) + "...";
    }

    private static String flat(String text) {
        return text.replaceAll("[\\r\\n|]+", " ");
    }
}
