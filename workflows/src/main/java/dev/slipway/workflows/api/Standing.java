package dev.slipway.workflows.api;

import dev.slipway.model.ReleaseId;
import java.util.Optional;

/**
 * One release in the line of a slot.
 *
 * @param supersededBy who told it to give way; it stays in line until it has put back what it did and leaves
 * @param stuck why it cannot leave by itself, with what to do next; empty when it can
 */
public record Standing(Ticket ticket, Optional<ReleaseId> supersededBy, String stuck) {}
