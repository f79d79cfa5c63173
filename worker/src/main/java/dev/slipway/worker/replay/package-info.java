/** {@code slipway-worker --replay-open}: whether this build can go on with every open workflow, asked before it is let near them. */
@NullMarked
package dev.slipway.worker.replay;

import org.jspecify.annotations.NullMarked;
