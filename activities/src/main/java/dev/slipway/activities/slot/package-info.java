/** Who is in a slot, as Temporal knows it. */
@NullMarked
package dev.slipway.activities.slot;

import org.jspecify.annotations.NullMarked;
