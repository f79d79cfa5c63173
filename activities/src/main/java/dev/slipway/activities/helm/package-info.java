/** Helm releases through the real helm binary: the port {@link dev.slipway.workflows.api.Helm}. */
@NullMarked
package dev.slipway.activities.helm;

import org.jspecify.annotations.NullMarked;
