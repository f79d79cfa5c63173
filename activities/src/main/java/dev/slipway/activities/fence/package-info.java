/** Who may change a slot: the Lease of a service in the cluster, its claim, and the right to write. */
@NullMarked
package dev.slipway.activities.fence;

import org.jspecify.annotations.NullMarked;
