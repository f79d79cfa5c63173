/** What stages have left in a namespace: claims, Helm releases and routes with our marks, and whose stage still runs. */
@NullMarked
package dev.slipway.activities.orphan;

import org.jspecify.annotations.NullMarked;
