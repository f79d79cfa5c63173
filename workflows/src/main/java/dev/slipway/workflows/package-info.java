/** The durable part of Slipway: what the control worker runs. */
@NullMarked
package dev.slipway.workflows;

import org.jspecify.annotations.NullMarked;
