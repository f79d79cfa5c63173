package dev.slipway.workflows.api;

import io.temporal.activity.ActivityInterface;

/** Tells what has changed to whoever keeps a list of changes beside the incidents; runs on the control worker. */
@ActivityInterface(namePrefix = "Changes_")
public interface Changes {
    /** Throws when nobody listens now, and is asked again; what is refused for good is in what it returns. */
    Delivery tell(Change change);
}
