package dev.slipway.workflows.api;

import dev.slipway.model.Verdict;
import io.temporal.activity.ActivityInterface;

/** Checks from outside: what the new version answers. */
@ActivityInterface(namePrefix = "Check_")
public interface Check {
    /** Asks until the answer is as expected (Passed) or the gate's time is over (Failed with the last answer). */
    Verdict http(CheckOrder order);
}
