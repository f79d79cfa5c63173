package dev.slipway.workflows.release;

import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;

/** The release as a Markdown table, for the current details of the Temporal UI. */
final class OverviewTable {
    private OverviewTable() {}

    static String markdown(ReleaseView view) {
        StringBuilder text = new StringBuilder();
        text.append("**").append(view.phase()).append("**");
        if (view.outcome() != null) {
            text.append(" ").append(view.outcome());
        }
        if (!view.waitingFor().isEmpty()) {
            text.append(" waits for ").append(view.waitingFor());
        }
        text.append("\n\n| Stage | State | Outcome | Why |\n|---|---|---|---|\n");
        for (StageView stage : view.stages()) {
            text.append("| [")
                    .append(stage.environment())
                    .append("](/namespaces/{namespace}/workflows/")
                    .append(view.service())
                    .append("%3A")
                    .append(stage.environment())
                    .append(") | ")
                    .append(stage.state())
                    .append(" | ")
                    .append(stage.outcome() == null ? "" : stage.outcome())
                    .append(" | ")
                    .append(stage.reason().replaceAll("[\\r\\n|]+", " "))
                    .append(" |\n");
        }
        return text.toString();
    }
}
