package dev.slipway.workflows.stage;

import dev.slipway.model.Alert;
import java.util.Optional;

/** What is no fault of the version is shown and told to a person, and the stage waits. */
final class Waiting implements Steady.Trouble {
    private final Board board;
    private final Pages pages;
    private Optional<Alert> now = Optional.empty();

    Waiting(Board board, Pages pages) {
        this.board = board;
        this.pages = pages;
    }

    @Override
    public void begins(Alert alert, String sentence) {
        String reason = sentence + "; runbook: " + alert.runbook();
        board.trouble(reason);
        pages.open(alert, reason);
        now = Optional.of(alert);
    }

    @Override
    public void isOver() {
        if (now.isPresent()) {
            pages.close(now.get(), "it answers again");
            board.trouble("");
            now = Optional.empty();
        }
    }
}
