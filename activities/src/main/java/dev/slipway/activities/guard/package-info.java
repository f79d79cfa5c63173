/** Compares what is in the cluster with what a stage has left there. */
@NullMarked
package dev.slipway.activities.guard;

import org.jspecify.annotations.NullMarked;
