package dev.slipway.activities.difference;

import java.util.ArrayList;
import java.util.List;

/** Cuts what is too long for a history or a message, at the end of a line, and says how much is missing. */
final class Excerpt {
    static final int FINDINGS = 10;
    static final int VALUES = 12;
    static final int OBJECTS = 20;
    private static final int LONGEST_LINE = 160;
    private static final int LINES = 40;
    private static final int CHARACTERS = 1400;
    /** What the starter takes. */
    private static final int WHOLE = 2_000_000;

    private Excerpt() {}

    /** The first of them, and how many more there are. */
    static List<String> first(List<String> entries, int most) {
        List<String> some =
                new ArrayList<>(entries.stream().limit(most).map(Excerpt::line).toList());
        if (entries.size() > most) {
            some.add("... " + (entries.size() - most) + " more");
        }
        return some;
    }

    /** At most so long, without what would control a terminal. */
    static String line(String text) {
        String plain = text.replace('\t', ' ').replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "");
        return plain.length() <= LONGEST_LINE ? plain : head(plain, LONGEST_LINE - 3) + "...";
    }

    /** The first lines of a diff. */
    static String of(List<String> lines) {
        StringBuilder text = new StringBuilder();
        int taken = 0;
        for (String line : lines) {
            String shown = line(line);
            if (taken == LINES || text.length() + shown.length() > CHARACTERS) {
                break;
            }
            text.append(shown).append('\n');
            taken++;
        }
        if (taken < lines.size()) {
            text.append("... ").append(lines.size() - taken).append(" more lines\n");
        }
        return text.toString().stripTrailing();
    }

    /** All lines, up to what can be kept at all. */
    static String bounded(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            if (text.length() + lines.get(i).length() > WHOLE) {
                text.append("... ").append(lines.size() - i).append(" more lines, which nobody keeps\n");
                break;
            }
            text.append(lines.get(i)).append('\n');
        }
        return text.toString();
    }

    private static String head(String text, int most) {
        boolean half = Character.isHighSurrogate(text.charAt(most - 1));
        return text.substring(0, half ? most - 1 : most);
    }
}
