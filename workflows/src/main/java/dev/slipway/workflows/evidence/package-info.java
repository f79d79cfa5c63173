/** What is known of a release by evidence that was handed in, and what a gate makes of it. */
@NullMarked
package dev.slipway.workflows.evidence;

import org.jspecify.annotations.NullMarked;
