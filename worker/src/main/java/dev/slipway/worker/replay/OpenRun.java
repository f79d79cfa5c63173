package dev.slipway.worker.replay;

/** A workflow that has not ended. */
record OpenRun(String workflowId, String runId, String type) {}
