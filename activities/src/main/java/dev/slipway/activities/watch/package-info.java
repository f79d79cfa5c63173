/** Watches: raw samples of Prometheus or of the pods, folded into counts, a verdict, and the trip that takes traffic off. */
@NullMarked
package dev.slipway.activities.watch;

import org.jspecify.annotations.NullMarked;
