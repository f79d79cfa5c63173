/** The hardest part as pure decisions: in which order stable, canary and route change, so that traffic stays safe. */
@NullMarked
package dev.slipway.model.traffic;

import org.jspecify.annotations.NullMarked;
