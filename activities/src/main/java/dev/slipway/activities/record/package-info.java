/** Keeping what happened in releases. */
@NullMarked
package dev.slipway.activities.record;

import org.jspecify.annotations.NullMarked;
