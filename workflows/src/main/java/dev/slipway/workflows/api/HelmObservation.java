package dev.slipway.workflows.api;

import dev.slipway.model.PriorState;
import java.util.Optional;

/**
 * What is there before we touch a Helm release.
 *
 * @param prior Absent, or the newest deployed revision, whoever deployed it
 * @param locked who holds the release and since when, when an operation is pending
 * @param remark something a person should know, such as a newer failed revision that is passed over
 */
public record HelmObservation(PriorState prior, Optional<String> locked, Optional<String> remark) {}
