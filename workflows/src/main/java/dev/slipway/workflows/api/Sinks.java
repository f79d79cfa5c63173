package dev.slipway.workflows.api;

import io.temporal.activity.ActivityInterface;

/** Tells others what happened; runs on the control worker. */
@ActivityInterface(namePrefix = "Sinks_")
public interface Sinks {
    /** Tells one of them a batch. Whoever hears one twice can see that it is the same: a fact is known by run and number. */
    void emit(Emission emission);
}
