package dev.slipway.audit;

/** The first fact that does not fit; the message names it, for a person. */
public final class Misfit extends Exception {
    private static final long serialVersionUID = 1;

    Misfit(long line, String fact, String why) {
        super("line " + line + ": " + fact + (fact.isEmpty() ? "" : " ") + why);
    }
}
