package dev.slipway.cli;

import dev.slipway.model.Difference;
import dev.slipway.model.Evidence;
import dev.slipway.model.ReleaseView;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A causal chain in words: a paragraph per link, with the queries to look again. */
final class Explanation {
    private static final int TIME = "2026-11-21T09:00:00Z".length();
    private static final String INDENT = "    ";
    private static final int LABEL = 9;
    /** Of what had passed before, these are too much. */
    private static final Set<String> LONG =
            Set.of(Difference.VALUE, Difference.OBJECT, Difference.EXCERPT, Difference.DIFF);

    private final Sheet sheet;
    private final Odds odds = new Odds();

    private Explanation(Sheet sheet) {
        this.sheet = sheet;
    }

    static List<String> lines(ReleaseView view, Instant now, int width, boolean colours) {
        Sheet sheet = Sheet.whole(width, colours);
        new Explanation(sheet).draw(view, now);
        return sheet.lines();
    }

    private void draw(ReleaseView view, Instant now) {
        for (Link link : Chain.of(view, now)) {
            if (!link.brief() && !sheet.lines().isEmpty()) {
                sheet.line();
            }
            paragraph(link);
        }
        List<String> next = NextCommands.of(view);
        String history = view.links().getOrDefault("temporal", "");
        if (!next.isEmpty() || !history.isEmpty()) {
            sheet.line();
        }
        next.forEach(command -> sheet.text(label("next", LABEL), command, Ink.BOLD, ""));
        if (!history.isEmpty()) {
            sheet.unbroken(label("history", LABEL), history);
        }
    }

    private void paragraph(Link link) {
        String when = link.when() == null ? "now" : Spans.at(link.when());
        List<Sheet.Part> head = List.of(
                new Sheet.Part(Sheet.pad(when, TIME) + "  ", Ink.FAINT),
                new Sheet.Part(link.mark().glyph() + " ", link.mark().ink()));
        sheet.text(head, link.what(), link.brief() ? Ink.PLAIN : Ink.BOLD, "");
        int names = Stream.concat(Stream.of(LABEL), link.evidence().stream().map(e -> columns(e) + 2))
                .max(Integer::compare)
                .orElse(LABEL);
        if (!link.why().isEmpty() && !(link.brief() && !link.evidence().isEmpty())) {
            Ink ink = link.mark().ink() == Ink.BAD ? Ink.BAD : Ink.PLAIN;
            sheet.text(label("why", names), link.why(), ink, "");
            gloss(link.why(), link.brief());
        }
        link.evidence().stream()
                .filter(evidence -> !link.brief() || !LONG.contains(evidence.name()))
                .forEach(evidence -> evidence(evidence, names, link.brief()));
    }

    private static int columns(Evidence evidence) {
        return Sheet.columns(SafeText.line(name(evidence)));
    }

    private void evidence(Evidence evidence, int names, boolean brief) {
        String name = Sheet.pad(SafeText.line(name(evidence)), names);
        if (brief) {
            sheet.line(
                    new Sheet.Part(INDENT + name, Ink.FAINT),
                    Sheet.Part.of(evidence.detail().replaceFirst("; p .*", "")));
            gloss(evidence.detail(), brief);
            return;
        }
        for (String line : evidence.detail().lines().toList()) {
            sheet.text(List.of(new Sheet.Part(INDENT + name, Ink.FAINT)), line, Ink.PLAIN, "");
            name = " ".repeat(names);
        }
        gloss(evidence.detail(), brief);
        if (!evidence.link().isEmpty()) {
            boolean page = evidence.link().matches("https?://.*");
            sheet.unbroken(
                    List.of(new Sheet.Part(INDENT + INDENT + (page ? "link: " : "query: "), Ink.FAINT)),
                    evidence.link());
        }
    }

    private void gloss(String text, boolean brief) {
        odds.explain(text, !brief)
                .ifPresent(meaning -> sheet.text(List.of(Sheet.Part.of(INDENT + INDENT)), meaning, Ink.FAINT, ""));
    }

    private static List<Sheet.Part> label(String label, int width) {
        return List.of(new Sheet.Part(INDENT + Sheet.pad(label, width), Ink.FAINT));
    }

    /** The heartbeat's names are short for a table; here they begin a sentence. */
    private static String name(Evidence evidence) {
        return switch (evidence.name()) {
            case "missing" -> "still missing";
            case "earned" -> "earned so far";
            case "watched" -> "watched so far";
            default -> evidence.name();
        };
    }
}
