package dev.slipway.authorizer;

/**
 * Somebody whose certificate is known.
 *
 * @param name for logs and meters, and what a task that he takes is given to
 */
record Caller(String name, Role role) {}
