package dev.slipway.workflows.slot;

import dev.slipway.workflows.api.Standing;
import java.util.List;

/** The line as a Markdown table, for the current details of the Temporal UI. */
final class LineTable {
    private LineTable() {}

    static String markdown(List<Standing> line) {
        StringBuilder text = new StringBuilder("| | Release | |\n|---|---|---|\n");
        for (int i = 0; i < line.size(); i++) {
            Standing one = line.get(i);
            String release = one.ticket().release().toString();
            text.append("| ")
                    .append(i == 0 ? "has the slot" : "waits")
                    .append(" | [")
                    .append(release)
                    .append("](/namespaces/{namespace}/workflows/")
                    .append(release.replace("@", "%40").replace("+", "%2B"))
                    .append(") | ")
                    .append(state(one).replaceAll("[\\r\\n|]+", " "))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String state(Standing one) {
        if (!one.stuck().isEmpty()) {
            return "STUCK: " + one.stuck();
        }
        return one.supersededBy()
                .map(by -> "superseded by " + by)
                .orElse(one.ticket().supersede() ? "supersedes" : "");
    }
}
