/** Where a worker gets bundles from: by digest, verified, unpacked. */
@NullMarked
package dev.slipway.activities.bundle;

import org.jspecify.annotations.NullMarked;
