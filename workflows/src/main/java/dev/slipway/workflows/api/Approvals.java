package dev.slipway.workflows.api;

import dev.slipway.model.Authors;
import java.util.List;

/**
 * What people have said to a stage before it changes something, for an environment's worker that does not take the
 * workflow's word for it.
 *
 * @param requestedBy who asked for the release, as the workflow has it; may not be among those who approve
 * @param authors who wrote it, as the workflow has it; may not be among them either
 * @param given the decisions at the gates that have passed in this stage, in the order in which they came
 */
public record Approvals(String requestedBy, Authors authors, List<SignedDecision> given) {
    /** Nobody was asked. */
    public static final Approvals NONE = new Approvals("", Authors.NONE, List.of());

    /** What is sent by hand may lack any of it. */
    public Approvals {
        requestedBy = requestedBy == null ? "" : requestedBy;
        authors = authors == null ? Authors.NONE : authors;
        given = given == null ? List.of() : List.copyOf(given);
    }
}
