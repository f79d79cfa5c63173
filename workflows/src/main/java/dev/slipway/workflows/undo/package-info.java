/** The undo ledger and the permits that only it can make. */
@NullMarked
package dev.slipway.workflows.undo;

import org.jspecify.annotations.NullMarked;
