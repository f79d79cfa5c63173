/** The slots of environments as Temporal knows them: who runs there now. */
@NullMarked
package dev.slipway.activities.slot;

import org.jspecify.annotations.NullMarked;
