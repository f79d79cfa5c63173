/** What an environment's worker demands before it puts anything of a new version there, whatever a workflow says. */
@NullMarked
package dev.slipway.activities.seal;

import org.jspecify.annotations.NullMarked;
