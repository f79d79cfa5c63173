/** One stage as a transaction: its steps, the people it asks, the board it shows, and its undo. */
@NullMarked
package dev.slipway.workflows.stage;

import org.jspecify.annotations.NullMarked;
