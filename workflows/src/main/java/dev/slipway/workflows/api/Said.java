package dev.slipway.workflows.api;

import dev.slipway.model.Actor;

/** Who asked for something (abort, pause, resume, retry, accept) and why; the reason may be empty. */
public record Said(Actor by, String reason) {}
