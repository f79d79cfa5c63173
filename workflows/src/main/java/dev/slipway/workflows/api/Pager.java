package dev.slipway.workflows.api;

import io.temporal.activity.ActivityInterface;

/**
 * Calls people; runs on the control worker. Calling twice for one {@link PageOrder#id()} is calling once. A pager that is
 * away throws and is asked again; one that refuses says so in what it returns.
 */
@ActivityInterface(namePrefix = "Pager_")
public interface Pager {
    Delivery trigger(PageOrder order);

    /**
     * The reason is gone.
     *
     * @param delivery what {@link #trigger} has returned: what the pager has not is not closed there
     */
    void resolve(PageOrder order, Delivery delivery, String why);
}
