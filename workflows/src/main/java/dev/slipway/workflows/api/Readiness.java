package dev.slipway.workflows.api;

/** Whether the two sides could take traffic right now; an absent side is not ready. */
public record Readiness(boolean stable, boolean canary) {}
