package dev.slipway.cli;

/** Colour as an addition, never the only carrier of a meaning: every coloured thing has its word too. */
enum Ink {
    GOOD("32"),
    BAD("31"),
    WAIT("33"),
    MOVE("36"),
    FAINT("2"),
    BOLD("1"),
    PLAIN("");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    String on(String text, boolean colours) {
        return colours && !code.isEmpty() && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
