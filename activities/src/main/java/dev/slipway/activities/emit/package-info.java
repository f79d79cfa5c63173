/** Telling other systems what happened in releases; none of them has a say. */
@NullMarked
package dev.slipway.activities.emit;

import org.jspecify.annotations.NullMarked;
