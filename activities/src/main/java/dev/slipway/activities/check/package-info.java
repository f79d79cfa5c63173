/** Checks from outside: what a version answers. */
@NullMarked
package dev.slipway.activities.check;

import org.jspecify.annotations.NullMarked;
