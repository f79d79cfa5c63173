package dev.slipway.pipeline;

import java.util.Comparator;

/**
 * Something in a file that a person must change before anything is released.
 *
 * @param line from 1
 * @param column from 1
 * @param message what is wrong, without a full stop
 * @param hint what to write instead, such as {@code did you mean 'soak'?}; empty when the message says it
 */
public record Problem(String file, int line, int column, String message, String hint) implements Comparable<Problem> {
    private static final int WIDEST_EXCERPT = 160;

    static Problem at(String file, Position at, String message, String hint) {
        return new Problem(file, at.line(), at.column(), message, hint);
    }

    /** In the order of the file. */
    @Override
    public int compareTo(Problem other) {
        return Comparator.comparing(Problem::file)
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column)
                .thenComparing(Problem::message)
                .thenComparing(Problem::hint)
                .compare(this, other);
    }

    /** One line: {@code release.yaml:8:11: unknown key 'sook'; did you mean 'soak'?} */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message + (hint.isEmpty() ? "" : "; " + hint);
    }

    /**
     * The one line of {@link #toString()}, then the line of the file with a caret below the place.
     *
     * @param source the text of the file
     */
    public String render(String source) {
        String[] lines = source.split("\\R", -1);
        if (line > lines.length || lines[line - 1].isBlank()) {
            return toString();
        }
        String wrong = lines[line - 1].replaceAll("\\p{Cntrl}", " ");
        String number = String.valueOf(line);
        String shown = wrong.length() > WIDEST_EXCERPT ? wrong.substring(0, WIDEST_EXCERPT) + "..." : wrong;
        return toString() + "\n  " + number + " | " + shown + caret(number.length(), shown.length());
    }

    private String caret(int numberWidth, int width) {
        if (column > width + 1) {
            return "";
        }
        return "\n  " + " ".repeat(numberWidth) + " | " + " ".repeat(column - 1) + "^";
    }
}
