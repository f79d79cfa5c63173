package dev.slipway.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Releases as a table, in the order in which the server sends them. */
final class ReleaseTable {
    private static final List<String> HEAD =
            List.of("RELEASE", "PHASE", "WAITING FOR", "REQUESTED BY", "STARTED", "FOR");

    private ReleaseTable() {}

    /** The lines, cut at the width. */
    static List<String> lines(JsonNode releases, Instant now, int width, boolean colours) {
        List<Mark> marks = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode release : releases) {
            String outcome = text(release, "outcome");
            Mark mark = Mark.ofPhase(outcome.isEmpty() ? text(release, "phase") : outcome);
            marks.add(mark);
            rows.add(row(release, mark, now));
        }
        int[] widths = new int[HEAD.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(r -> Sheet.columns(r.get(column)))
                    .reduce(Sheet.columns(HEAD.get(i)), Math::max);
        }
        Sheet sheet = new Sheet(width, colours);
        sheet.line(parts(HEAD, widths, Ink.FAINT));
        for (int i = 0; i < rows.size(); i++) {
            sheet.line(parts(rows.get(i), widths, marks.get(i).ink()));
        }
        return sheet.lines();
    }

    private static List<String> row(JsonNode release, Mark mark, Instant now) {
        int attempt = release.path("attempt").asInt(1);
        Instant started = instant(release, "startedAt");
        return List.of(
                text(release, "release") + (attempt > 1 ? " #" + attempt : ""),
                mark.glyph() + " " + mark.word(),
                text(release, "waitingFor"),
                text(release, "requestedBy"),
                started == null ? "" : Spans.at(started),
                Spans.between(started, instant(release, "endedAt"), now));
    }

    private static String text(JsonNode release, String field) {
        return SafeText.line(release.path(field).asString(""));
    }

    private static @Nullable Instant instant(JsonNode release, String field) {
        String text = text(release, field);
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Sheet.Part[] parts(List<String> cells, int[] widths, Ink phase) {
        Sheet.Part[] parts = new Sheet.Part[cells.size()];
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            String text = last ? cells.get(i) : Sheet.pad(cells.get(i), widths[i] + 2);
            parts[i] = new Sheet.Part(text, i == 1 || phase == Ink.FAINT && cells == HEAD ? phase : Ink.PLAIN);
        }
        return parts;
    }
}
