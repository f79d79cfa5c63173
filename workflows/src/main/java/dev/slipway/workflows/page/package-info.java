/** Pages: calling people until somebody has been called. */
@NullMarked
package dev.slipway.workflows.page;

import org.jspecify.annotations.NullMarked;
