package dev.slipway.workflows.api;

import java.util.List;

/**
 * What people have said to a stage before it changes something, for an environment's worker that does not take the
 * workflow's word for it.
 *
 * @param requestedBy who asked for the release, as the workflow has it; may not be among those who approve
 * @param given the decisions at the gates that have passed in this stage, in the order in which they came
 */
public record Approvals(String requestedBy, List<SignedDecision> given) {
    /** Nobody was asked. */
    public static final Approvals NONE = new Approvals("", List.of());

    /** What is sent by hand may lack any of it. */
    public Approvals {
        requestedBy = requestedBy == null ? "" : requestedBy;
        given = given == null ? List.of() : List.copyOf(given);
    }
}
