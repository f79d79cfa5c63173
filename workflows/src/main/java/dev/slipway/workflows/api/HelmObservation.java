package dev.slipway.workflows.api;

import dev.slipway.model.PriorState;
import java.util.Optional;

/**
 * What is there before we touch a Helm release.
 *
 * @param prior Absent, or the newest deployed revision, whoever deployed it
 * @param locked the lock that a helm has left which is no more; a deployment clears it. One that is held is a failure
 *     {@link FailureType#HELM_LOCKED} of the look
 * @param remark something a person should know, such as a newer failed revision that is passed over
 */
public record HelmObservation(PriorState prior, Optional<String> locked, Optional<String> remark) {}
