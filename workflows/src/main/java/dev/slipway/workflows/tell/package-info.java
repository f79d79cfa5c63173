/** Telling those who keep or show what happened, as long as it takes. */
@NullMarked
package dev.slipway.workflows.tell;

import org.jspecify.annotations.NullMarked;
