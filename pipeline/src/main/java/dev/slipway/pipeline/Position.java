package dev.slipway.pipeline;

/** A place in a file; line and column count from 1, columns in characters as an editor shows them. */
public record Position(int line, int column) implements Comparable<Position> {
    /** The beginning of a file. */
    static final Position START = new Position(1, 1);

    @Override
    public int compareTo(Position other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }
}
