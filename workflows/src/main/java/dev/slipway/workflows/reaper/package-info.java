/** Finds what a stage that is gone has left in a cluster, and calls a person. */
@NullMarked
package dev.slipway.workflows.reaper;

import org.jspecify.annotations.NullMarked;
