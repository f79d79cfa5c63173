package dev.slipway.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What runs where, as a table, in the order in which the server sends it. */
final class RegistryTable {
    private static final List<String> HEAD =
            List.of("SERVICE", "ENVIRONMENT", "VERSION", "STATUS", "READY SINCE", "NEXT", "IMAGE");
    private static final int STATUS = 3;
    private static final int DIGEST = "sha256:".length() + 12;

    private RegistryTable() {}

    /** The lines, cut at the width. */
    static List<String> lines(JsonNode entries, int width, boolean colours) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        List<Ink> inks = new ArrayList<>(List.of(Ink.FAINT));
        for (JsonNode entry : entries) {
            Mark mark = mark(text(entry, "status"));
            inks.add(mark.ink());
            rows.add(row(entry, mark));
        }
        Sheet sheet = new Sheet(width, colours);
        for (int i = 0; i < rows.size(); i++) {
            sheet.line(parts(rows, i, inks.get(i)));
        }
        return sheet.lines();
    }

    private static List<String> row(JsonNode entry, Mark mark) {
        String next = text(entry, "nextVersion");
        String image = text(entry.path("digests"), "image");
        return List.of(
                text(entry, "service"),
                text(entry, "environment"),
                text(entry, "version"),
                mark.glyph() + " " + mark.word(),
                time(text(entry, "readySince")),
                next.isEmpty() ? "" : next + " " + text(entry, "nextState"),
                image.substring(0, Math.min(DIGEST, image.length())));
    }

    private static Mark mark(String status) {
        return switch (status) {
            case "READY" -> new Mark("✔", status, Ink.GOOD);
            case "DEPLOYING" -> new Mark("◌", status, Ink.MOVE);
            case "UNCERTAIN" -> new Mark("▲", status, Ink.BAD);
            default -> Mark.ofPhase(status);
        };
    }

    private static Sheet.Part[] parts(List<List<String>> rows, int row, Ink ink) {
        Sheet.Part[] parts = new Sheet.Part[HEAD.size()];
        for (int i = 0; i < parts.length; i++) {
            int column = i;
            int widest = rows.stream()
                    .mapToInt(r -> Sheet.columns(r.get(column)))
                    .max()
                    .orElse(0);
            String cell = rows.get(row).get(i);
            String text = i == parts.length - 1 ? cell : Sheet.pad(cell, widest + 2);
            parts[i] = new Sheet.Part(text, row == 0 || i == STATUS ? ink : Ink.PLAIN);
        }
        return parts;
    }

    private static String time(String instant) {
        try {
            return instant.isEmpty() ? "" : Spans.at(Instant.parse(instant));
        } catch (DateTimeParseException e) {
            return instant;
        }
    }

    private static String text(JsonNode entry, String field) {
        return SafeText.line(entry.path(field).asString(""));
    }
}
