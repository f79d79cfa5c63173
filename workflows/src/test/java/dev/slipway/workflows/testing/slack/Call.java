package dev.slipway.workflows.testing.slack;

import com.fasterxml.jackson.databind.JsonNode;

/** A call that Slack got, whatever became of it. */
public record Call(String method, JsonNode arguments) {}
