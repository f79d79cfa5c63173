/** Slack's Web API and its markup, behind which its library stays; nothing of a release is known here. */
@NullMarked
package dev.slipway.slack;

import org.jspecify.annotations.NullMarked;
