package dev.slipway.workflows.api;

/**
 * What became of a page that will not be lost any more.
 *
 * @param accepted whether the pager has it; otherwise it was refused for good, and stands in the control worker's log only
 * @param detail who has it, or why it was refused; for a person, without secrets
 */
public record Delivery(boolean accepted, String detail) {
    public static Delivery accepted(String by) {
        return new Delivery(true, by);
    }

    public static Delivery refused(String why) {
        return new Delivery(false, why);
    }
}
