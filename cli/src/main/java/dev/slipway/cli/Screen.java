package dev.slipway.cli;

import java.io.PrintStream;
import java.util.List;

/** A part of a terminal that is written again and again in place; what is there last stays when it is closed. */
final class Screen {
    private final PrintStream out;
    private int drawn;
    private List<String> shown = List.of();
    private boolean open;
    private boolean closed;

    Screen(PrintStream out) {
        this.out = out;
    }

    /** Replaces what was there; one write per picture, so that it does not flicker. */
    synchronized void draw(List<String> lines) {
        if (closed || open && lines.equals(shown)) {
            return;
        }
        StringBuilder frame = new StringBuilder();
        if (!open) {
            open = true;
            // no cursor, and no wrapping of lines that a narrowed window cannot hold
            frame.append("\u001b[?25l\u001b[?7l");
        }
        if (drawn > 0) {
            frame.append("\r\u001b[").append(drawn).append('A');
        }
        lines.forEach(line -> frame.append(line).append("\u001b[K\n"));
        frame.append("\u001b[J");
        out.print(frame);
        out.flush();
        drawn = lines.size();
        shown = lines;
    }

    /** Gives the terminal back; nothing is drawn afterwards. May be called twice, from any thread. */
    synchronized void close() {
        closed = true;
        if (open) {
            open = false;
            out.print("\u001b[?7h\u001b[?25h");
            out.flush();
        }
    }
}
