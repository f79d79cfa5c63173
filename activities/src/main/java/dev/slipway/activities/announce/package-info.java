/** Telling channels of people how releases are. */
@NullMarked
package dev.slipway.activities.announce;

import org.jspecify.annotations.NullMarked;
