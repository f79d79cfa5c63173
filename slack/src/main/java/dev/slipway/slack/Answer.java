package dev.slipway.slack;

import java.util.Optional;

/**
 * What came back for a call, whatever it means.
 *
 * @param status of HTTP
 * @param retryAfter the header of that name, as Slack wrote it
 * @param body as Slack wrote it: JSON, or a page for people when something stands before Slack
 */
public record Answer(int status, Optional<String> retryAfter, String body) {}
