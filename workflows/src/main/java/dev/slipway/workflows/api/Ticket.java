package dev.slipway.workflows.api;

import dev.slipway.model.ReleaseId;

/**
 * What a release joins the line of a slot with.
 *
 * @param run run of the release's workflow; a new attempt has a ticket of its own
 * @param supersede it does not wait for those ahead: they give way
 */
public record Ticket(ReleaseId release, String run, boolean supersede) {}
