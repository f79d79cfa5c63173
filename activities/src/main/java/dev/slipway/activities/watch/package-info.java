/** Watches over Prometheus: raw samples folded into counts, a verdict, and the trip that takes the traffic off. */
@NullMarked
package dev.slipway.activities.watch;

import org.jspecify.annotations.NullMarked;
