/** {@code release.yaml} read and checked, the plan that follows from it, and the bundle that is released. */
@NullMarked
package dev.slipway.pipeline;

import org.jspecify.annotations.NullMarked;
