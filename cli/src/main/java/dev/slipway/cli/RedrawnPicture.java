package dev.slipway.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The picture of a release, redrawn in place; for a person at a terminal. */
final class RedrawnPicture implements Watcher {
    private final Terminal terminal;
    private final boolean colours;
    private final Screen screen;
    private @Nullable Snapshot last;
    private String trouble = "";

    RedrawnPicture(Terminal terminal, PrintStream stream) {
        this.terminal = terminal;
        this.colours = terminal.colours(true);
        this.screen = new Screen(stream);
    }

    @Override
    public void saw(Snapshot snapshot) {
        last = snapshot;
        trouble = "";
        draw();
    }

    @Override
    public void idle() {
        draw();
    }

    @Override
    public void silent(String why) {
        trouble = why;
        draw();
    }

    @Override
    public void end() {
        screen.close();
    }

    private void draw() {
        Terminal.Size size = terminal.size().get();
        Snapshot shown = last;
        List<String> lines = new ArrayList<>();
        if (shown != null) {
            int rows = trouble.isEmpty() ? size.rows() : size.rows() - 1;
            lines.addAll(Picture.fitted(
                    shown.view(), terminal.clock().instant(), new Terminal.Size(size.columns(), rows), colours));
        }
        if (!trouble.isEmpty()) {
            String line = Sheet.cut("asking again: " + SafeText.line(trouble), size.columns());
            lines.add(Ink.WAIT.on(line, colours));
        }
        screen.draw(lines);
    }
}
