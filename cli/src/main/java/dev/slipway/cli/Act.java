package dev.slipway.cli;

/** What a person can ask of a running release. */
enum Act {
    ABORT(
            "abort",
            "Stop the release; the running stage puts back what it changed.",
            "is being stopped; what its running stage changed is put back"),
    PAUSE(
            "pause",
            "Start no further step until it is resumed; traffic stays where it is.",
            "is paused; traffic stays where it is"),
    RESUME("resume", "Go on after a pause or a hold.", "goes on"),
    RETRY_UNDO(
            "retry-undo",
            "Try again to put back what a stuck release could not.",
            "tries again to put back what it changed"),
    ACCEPT_AS_IS(
            "accept-as-is",
            "Accept what a stuck release could not put back, and end it.",
            "ends; what is not put back stays as it is, on your word");

    final String command;
    final String description;
    final String done;

    Act(String command, String description, String done) {
        this.command = command;
        this.description = description;
        this.done = done;
    }
}
