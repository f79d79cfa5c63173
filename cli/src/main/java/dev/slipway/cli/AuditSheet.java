package dev.slipway.cli;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The facts of a release for a person: one after another, what they rest on below. */
final class AuditSheet {
    private static final int KIND = 10;
    private static final int ENVIRONMENT = 13;
    private static final String BELOW = " ".repeat(22);

    private AuditSheet() {}

    static List<String> lines(JsonNode facts, int width, boolean colours) {
        Sheet sheet = Sheet.whole(width, colours);
        String run = "";
        for (JsonNode fact : facts) {
            if (!text(fact, "run").equals(run)) {
                run = text(fact, "run");
                sheet.line(new Sheet.Part(
                        text(fact, "release") + " attempt "
                                + fact.path("attempt").asInt(1) + (beginsRecovery(fact) ? ", recovery" : ""),
                        Ink.BOLD));
            }
            fact(sheet, fact);
        }
        return sheet.lines();
    }

    private static void fact(Sheet sheet, JsonNode fact) {
        String at = text(fact, "at");
        sheet.text(
                List.of(
                        new Sheet.Part(Sheet.pad(at.length() > 19 ? at.substring(0, 19) + "Z" : at, 22), Ink.FAINT),
                        new Sheet.Part(Sheet.pad(text(fact, "kind"), KIND), ink(text(fact, "kind"))),
                        Sheet.Part.of(Sheet.pad(text(fact, "environment"), ENVIRONMENT))),
                text(fact, "what"),
                Ink.PLAIN,
                "");
        String reason = text(fact.path("details"), "reason");
        if (!reason.isEmpty()) {
            sheet.text(List.of(Sheet.Part.of(BELOW)), "reason: " + reason, Ink.PLAIN, "");
        }
        for (JsonNode evidence : fact.path("evidence")) {
            List<String> lines = evidence.path("detail")
                    .asString("")
                    .lines()
                    .map(SafeText::line)
                    .toList();
            sheet.text(
                    List.of(Sheet.Part.of(BELOW)),
                    text(evidence, "name") + ": " + (lines.size() == 1 ? lines.get(0) : ""),
                    Ink.FAINT,
                    "");
            lines.stream()
                    .filter(line -> lines.size() > 1)
                    .forEach(line -> sheet.line(new Sheet.Part(BELOW + "  " + line, Ink.FAINT)));
        }
    }

    /** A release is requested as a whole, the recovery of a stage for its environment. */
    private static boolean beginsRecovery(JsonNode fact) {
        return text(fact, "kind").equals("REQUESTED")
                && !text(fact, "environment").isEmpty();
    }

    private static Ink ink(String kind) {
        return switch (kind) {
            case "DECIDED" -> Ink.GOOD;
            case "IGNORED", "DENIED", "STOPPED" -> Ink.BAD;
            case "ASKED" -> Ink.WAIT;
            default -> Ink.PLAIN;
        };
    }

    private static String text(JsonNode fact, String field) {
        return SafeText.line(fact.path(field).asString(""));
    }
}
