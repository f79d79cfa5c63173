package dev.slipway.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines of limited width: text that is too long goes on below its own beginning, and where it is asked for is cut after a few lines. */
final class Sheet {
    private static final int MOST_LINES = 4;
    private static final int LEAST_ROOM = 20;

    private final int width;
    private final boolean colours;
    private final int mostLines;
    private final List<String> lines = new ArrayList<>();

    Sheet(int width, boolean colours) {
        this(width, colours, MOST_LINES);
    }

    private Sheet(int width, boolean colours, int mostLines) {
        this.width = width;
        this.colours = colours;
        this.mostLines = mostLines;
    }

    /** One that cuts no text, however long. */
    static Sheet whole(int width, boolean colours) {
        return new Sheet(width, colours, Integer.MAX_VALUE);
    }

    /** A line of parts that fit by themselves. */
    void line(Part... parts) {
        add(List.of(parts), "", Ink.PLAIN, "");
    }

    /**
     * Parts, then text that may need several lines.
     *
     * @param below stands at the beginning of the lines after the first
     */
    void text(List<Part> parts, String text, Ink ink, String below) {
        add(parts, SafeText.line(text), ink, below);
    }

    /** Parts, then text in one piece, wider than the rest if it must be: a terminal gives it back whole when it is copied. */
    void unbroken(List<Part> parts, String text) {
        StringBuilder line = new StringBuilder();
        parts.forEach(part -> line.append(part.ink().on(SafeText.line(part.text()), colours)));
        lines.add(line + SafeText.line(text));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    private void add(List<Part> parts, String text, Ink ink, String below) {
        int used = 0;
        StringBuilder head = new StringBuilder();
        for (Part part : parts) {
            String safe = cut(SafeText.line(part.text()), Math.max(0, width - used));
            used += columns(safe);
            head.append(part.ink().on(safe, colours));
        }
        if (text.isEmpty()) {
            lines.add(head.toString().stripTrailing());
            return;
        }
        String indent = below + " ".repeat(Math.max(0, used - columns(below)));
        if (width - used < LEAST_ROOM && width > LEAST_ROOM * 2) {
            lines.add(head.toString().stripTrailing());
            head.setLength(0);
            indent = below + "    ";
            head.append(indent);
            used = columns(indent);
        }
        List<String> wrapped = wrap(text, Math.max(LEAST_ROOM, width - used));
        for (int i = 0; i < wrapped.size(); i++) {
            lines.add((i == 0 ? head.toString() : indent) + ink.on(wrapped.get(i), colours));
        }
    }

    private List<String> wrap(String text, int room) {
        List<String> out = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.trim().split(" +")) {
            String rest = word;
            if (line.length() > 0 && columns(line) + 1 + columns(rest) > room) {
                out.add(line.toString());
                line.setLength(0);
            }
            while (columns(rest) > room) {
                int end = rest.offsetByCodePoints(0, room);
                out.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            line.append(line.length() == 0 ? "" : " ").append(rest);
        }
        out.add(line.toString());
        if (out.size() <= mostLines) {
            return out;
        }
        List<String> first = new ArrayList<>(out.subList(0, mostLines));
        first.set(mostLines - 1, cut(first.get(mostLines - 1), room - 2) + " …");
        return first;
    }

    /** At most so many columns, with an ellipsis when something is left out. */
    static String cut(String text, int most) {
        if (columns(text) <= most) {
            return text;
        }
        return most < 1 ? "" : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** Filled up with spaces. */
    static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - columns(text)));
    }

    static int columns(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }

    /** Text in one ink. */
    record Part(String text, Ink ink) {
        static Part of(String text) {
            return new Part(text, Ink.PLAIN);
        }
    }
}
