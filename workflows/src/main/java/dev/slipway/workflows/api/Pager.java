package dev.slipway.workflows.api;

import io.temporal.activity.ActivityInterface;

/** Calls people; runs on the control worker. Calling twice for one {@link PageOrder#id()} is calling once. */
@ActivityInterface(namePrefix = "Pager_")
public interface Pager {
    void trigger(PageOrder order);

    void resolve(PageOrder order, String why);
}
