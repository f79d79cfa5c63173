/** The worker process: wiring by role, health, and a drain that loses nothing. */
@NullMarked
package dev.slipway.worker;

import org.jspecify.annotations.NullMarked;
