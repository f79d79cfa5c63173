/** What follows from what was counted: pure arithmetic, no clock and no I/O. */
@NullMarked
package dev.slipway.model.analysis;

import org.jspecify.annotations.NullMarked;
