package dev.slipway.workflows.api;

import io.temporal.activity.ActivityInterface;

/** Tells a channel of people how a release is; runs on the control worker. */
@ActivityInterface(namePrefix = "Announcer_")
public interface Announcer {
    /**
     * One message for the release, made or brought up to date, and what is new in its thread.
     *
     * @return where it stands now, to be handed in with the next announcement
     */
    Announced announce(Announcement announcement);
}
