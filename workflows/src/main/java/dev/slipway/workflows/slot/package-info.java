/** Slots: the line of those who want to act in one place. */
@NullMarked
package dev.slipway.workflows.slot;

import org.jspecify.annotations.NullMarked;
