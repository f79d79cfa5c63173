/** A release as a sequence of stages. */
@NullMarked
package dev.slipway.workflows.release;

import org.jspecify.annotations.NullMarked;
